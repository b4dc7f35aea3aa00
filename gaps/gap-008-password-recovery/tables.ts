/** Fields that hold a password, in what a form or a handler names. */
export const PASSWORD_FIELD_NAME = /passw|pwd|^pw$|^pass$/i;
/** A password field as a form names it; a component that may show any field names none. */
export const PASSWORD_FIELD =
  /\?\s*['"]text['"]\s*:\s*['"]password['"]|\b(?:name|id)=\{?['"`]password['"`]|\bautoComplete=\{?['"`](?:current|new)-password|\bregister\(\s*['"`]password['"`]|<Input\.Password\b|<PasswordInput\b/;
/** What a page of sign-in has where people type a password. */
export const PASSWORD_INPUT =
  /\btype=\{?['"`]password['"`]|\bsetPassword\b|[{,]\s*password\s*[,:}]|\b\w+\.password\b|signInWithPassword|signInWithEmailAndPassword|createEmailPasswordSession|authWithPassword/;
export const WHO_FIELD = /e-?mail|user_?name|phone|identifier|credentials/i;
export const EMAIL_FIELD = /\b(?:name|id|type)=\{?['"`]email['"`]|\bregister\(\s*['"`]email['"`]/;

/** Addresses on which people ask for a new password, and on which they set it. */
export const ASK_PAGE = /forg[eo]t|lost-?password|recover|request-?(?:password-?)?reset/i;
export const RESET_PAGE =
  /reset|new-?password|set-?password|recover|(?:forg[eo]t|password)[^/]{0,100}\/\[\w{0,40}(?:token|code|key|hash)\w{0,40}\]/i;
export const RESET_PATH = /forg[eo]t|lost-?password|reset|recover/i;
/** Code that speaks of resetting a password. */
export const RESET_CODE =
  /forg[eo]t\w{0,40}Password|reset\w{0,40}Password|password_?\w{0,40}reset|reset_?token|recover\w{0,40}Password/i;
export const RESET_WORDS = /forg[eo]t|reset|recover|lost_?password/i;
/** What people run by hand. */
export const TOOL = /(^|\/)(?:scripts?|seeds?|tools|bin|cli)\/|(^|\/)seed\.[jt]s$/i;
/** Files that a generator writes, and those that only declare. */
export const GENERATED =
  /(^|\/)(?:generated|__generated__|gql|\.prisma|prisma\/client|migrations?|drizzle\/meta)\/|\.(?:gen|generated)\.[jt]sx?$|(^|\/)(?:graphql|schema|database\.types|api-types)\.[jt]sx?$|schema/i;

export const MAKES_TOKEN =
  /randomBytes\(|randomUUID\(|getRandomValues\(|\bnanoid\(|\bcuid\(|\bcreateId\(|\buuid\w{0,40}\(|(?:generate|create|make|issue|sign|new)\w{0,40}Token\w{0,40}\(|jwt\.sign\(|new SignJWT\(|\bgenerate(?:Id|Random)\w{0,40}\(|Math\.random\(/i;
export const EXPIRES = /expir|\bttl\b|valid_?until|\bexp\b|setex|['"]EX['"]|\bex:\s*\d|\bPX\b/i;
export const DIGESTS =
  /createHash\(|subtle\.digest\(|sha-?256|token_?hash|hashed_?token|(?:hash|digest|sha)\w{0,20}\(\s{0,5}[\w.]{0,40}(?:token|code|otp)|createHmac\(|jwt\.sign\(|new SignJWT\(/i;
/** What writes something down. */
export const KEEPS =
  /(?:create|insert|update|upsert|set|save|store|put|add|keep|persist|query|execute|run|write|patch|modify|replace)\w{0,40}\(|\b(?:INSERT|UPDATE)\b/i;
/** A function that is handed a password, or writes one. */
export const TAKES_PASSWORD =
  /\b(?:new_?|hashed_?)?password(?:_?hash)?["']?\??\s{0,5}:|hash\w{0,20}\(\s{0,5}[\w.]{0,40}password/i;
export const ENDS =
  /expires?\w{0,40}\s*:\s*new Date\(\)|\.delete\w{0,40}\(|\bDELETE\s+FROM|\bused\w{0,40}\s*[:=]|used_at|consume|\.del\(|getdel|(?:token|hash|code|otp)\w{0,40}["'`]?\s*[:=]\s*(?:null|NULL|undefined)|\$unset|invalidate|passwordHash\.slice|(?:jwtVerify|jwt\.verify)\([^)]{0,200}[.+{,]\s{0,9}(?:password|hash)/i;
export const SETS_PASSWORD =
  /password\w{0,40}["'`]?\s*[:=](?!=)|(?:set|update|change)\w{0,40}Password(?:_?Hash)?\(|hash\w{0,40}\(\s*[\w.]{0,60}password/i;
/** Takes a signed token apart; what is kept nowhere ends by itself alone. */
export const VERIFIES_SIGNED =
  /\b(?:jwt\w{0,20}\.verify|jwtVerify|verifyJ(?:WT|wt))\w{0,20}(?:<[^()]{0,120}>)?\(/i;
export const LIMITS = /limit|throttl|attempts|too_?many|\b429\b/i;
export const ENDS_SESSIONS =
  /sessions?\.(?:delete|destroy|revoke|invalidate)|(?:delete|revoke|invalidate|destroy)\w{0,40}Sessions?|password_?(?:id|version|changed)|token_?version|session_?version|security_?stamp/i;

/** Services with a hosted sign-in, where the way back in is theirs. */
export const COMPLETE =
  /^(Clerk|Auth0|WorkOS|Kinde|Stack Auth|Descope|Logto|PropelAuth|SuperTokens|Stytch|Ory|Okta|Keycloak|Microsoft Entra|Privy|Payload|an identity provider)$/;
export const IDENTITY_PROVIDER = 'an identity provider';
/** What an app calls to have a service mail a reset. */
export const SERVICE_CALL =
  /resetPasswordForEmail\(|sendPasswordResetEmail\(|generatePasswordResetLink\(|requestPasswordReset\(|createRecovery\(|\b(?:resetPassword|forgotPassword|forgetPassword)\(|ForgotPasswordCommand|\bPassword(?:<[^>]{0,80}>)?\(\s*\{[^}]{0,400}\breset\b|flow['"]?\s*[:,]\s*['"]reset/;
/** Sent to an address that is not the app's: the forgotten password as well. */
export const BACKEND =
  /\b(?:fetch|axios|ky|got)(?:\.\w+)?\(\s*(?!['"`]\/(?!\/))[^;]{0,200}?(?:forg[eo]t|reset|recover)/i;
export const POSTS_RESET =
  /\b\w{0,40}(?:fetch|post|request|mutate|axios|ky|got)\w{0,40}(?:<[^>]{0,200}>)?\(\s*['"`]\/[^'"`\n]*(?:forg[eo]t|reset|recover)/i;

/** Receivers and names of calls that send mail. */
export const MAILER =
  /mail|resend|sendgrid|sgMail|postmark|mailgun|\bses\b|transport|brevo|plunk|loops|novu|smtp|sendinblue|emails\./i;
export const SENDS =
  /^(?:send\w*|deliver\w*|emails?|mail|publish|enqueue|add|trigger|dispatch|create|post|execute)$/i;
export const MAIL_API =
  /api\.resend\.com|api\.sendgrid\.com|api\.postmarkapp\.com|api\.mailgun\.net|api\.brevo\.com|api\.mailjet\.com|api\.mailersend\.com|mandrillapp|emailjs|zeptomail|api\.useplunk|app\.loops\.so/i;
/** Looks at who asks: a session, a token, a code. */
export const LOOKS_AT_WHO =
  /session|\bauth\w{0,40}\b|currentUser|[vV]erify\w{0,40}\(|\bjwt\b|cookies?\b|headers|authoriz|\botp\b|secret|api_?key|signature|clerk|protect|guard|permission|isAdmin|require\w{0,40}\(|\bctx\b/;
