/** Fields that say who somebody is or wants to be, which anybody can type. */
export const IDENTITY =
  /^(?:e_?mail(?:_?address)?|user_?name|user|login|identifier|name|first_?name|last_?name|full_?name|display_?name|nick_?name|handle|image|avatar|phone(?:_?number)?|mobile|role|roles|id|uid|user_?id|account|tenant|tenant_?id|workspace|org(?:ani[sz]ation)?|company|wallet|address|remember(?:_?me)?|redirect(?:_?to)?|callback_?url|csrf_?token|json|locale|lang|(?:re|h)?captcha\w{0,20}|turnstile\w{0,20})$/i;
/** What a validator wraps around the form. */
export const WRAPPER = /^(?:data|value|fields|body|input|values|output)$/;
export const OUTCOME = /^(?:success|error|errors|issues|ok|length|message|status)$/;
/** How a request hands over its form. */
export const FORM_READERS = /^(?:json|formData)$/;
export const EMPTY_FORM = /^body$/;
/** Calls that only look at the shape of what was typed, write it down, or turn it into something else. */
export const SHAPE_ONLY =
  /^(?:safeParse|safeParseAsync|parse|parseAsync|validate|validateSync|String|Boolean|Number|parseInt|trim|toLowerCase|toUpperCase|normalize|toString|startsWith|endsWith|includes|split|slice|replace|test|match|log|info|warn|error|debug|has|keys|push|stringify|encodeURIComponent|hash|hashSync|createHash|fromEntries|entries|isArray|isEmail|from|Date)$/;
/** What makes a new record: nobody else's is answered. */
export const ANSWERS_NEW = /^(?:create|insert|insertOne|signUp|register|add)(?!\w*(?:Or|Session|Token))/;
/** Fields that are a secret, so that a comparison with one proves something whatever it is compared with. */
export const SECRET =
  /pass|pwd|secret|token|code|otp|(?:^|_)pin$|(?:^|_|api)key|signature|hash|assertion|ticket|nonce|credential/i;
/** The fields of a session's user that say who it is. */
export const WHO =
  /^(?:id|uid|sub|user_?id|email|phone|phone_?number|user_?name|role|roles|is_?admin|user)$/i;

/** Packages that compare a password with its hash, by what they export; their answer is a promise unless it says Sync. */
export const COMPARERS: ReadonlyMap<string, RegExp> = new Map([
  ['bcrypt', /^compare(?:Sync)?$/],
  ['bcryptjs', /^compare(?:Sync)?$/],
  ['bcrypt-ts', /^compare(?:Sync)?$/],
  ['bcrypt-ts/browser', /^compare(?:Sync)?$/],
  ['bcrypt-ts/node', /^compare(?:Sync)?$/],
  ['@node-rs/bcrypt', /^(?:compare|verify)(?:Sync)?$/],
  ['@node-rs/argon2', /^verify(?:Sync)?$/],
  ['argon2', /^verify$/],
  ['crypto', /^timingSafeEqual$/],
  ['node:crypto', /^timingSafeEqual$/],
]);
/** Of these, what answers at once. */
export const AT_ONCE = /Sync$|^timingSafeEqual$/;

/** What starts a session, in a handler or an action that has no library to do it. */
export const STARTS_SESSION =
  /^(?:(?:create|set|start|save|begin|open|update)\w{0,12}(?:Session|AuthCookie|SessionCookie)|createSession|signToken|signJwt|generateToken|createToken|setAuthCookie|setTokenCookie)$/;
export const SESSION_COOKIE = /sess|auth|token|user|login|jwt|sid\b|account|logged/i;

/** Packages with which an app asks another service: each call sends something. */
export const REQUEST_PACKAGES =
  /^(?:axios|ky|ky-universal|got|ofetch|undici|node-fetch|cross-fetch|isomorphic-fetch|superagent|wretch|redaxios|alova|@apollo\/client|@apollo\/experimental-nextjs-app-support|@apollo\/client-integration-nextjs|apollo-\S+|urql|@urql\/\S+|graphql-request|graphql-hooks|openapi-fetch|@hey-api\/\S+|@ts-rest\/\S+|nuxt|ldapjs|ldapts|ldap-authentication|activedirectory2?|@feathersjs\/\S+|@medusajs\/\S+|@strapi\/\S+|@directus\/sdk|@wordpress\/\S+|@shopify\/\S+|soap|@grpc\/\S+|nice-grpc\S*)(?:\/|$)/;
/** Packages that get what was typed and keep nobody: they hash, sign, check shapes, or are the framework. */
export const NO_KEEPERS =
  /^(?:next|react|react-dom|next-auth|@auth\/|better-auth|lucia|iron-session|zod|yup|joi|valibot|validator|superstruct|@sinclair|@hapi|jsonwebtoken|jose|crypto|node:|util|buffer|bcrypt|@node-rs|argon2|scrypt|oslo|@oslojs|@phc|@noble|crypto-js|uuid|nanoid|@paralleldrive|lodash|date-fns|server-only|@sentry|pino|winston|i18next|next-intl|@upstash|ioredis|redis|@vercel\/(?!postgres)|rate-limiter|@tanstack|swr|sonner|react-hook-form|@hookform|@trpc|resend|nodemailer|clsx|zustand|jotai|posthog|@posthog|slugify|otplib|speakeasy|@otplib|superjson|siwe|viem|ethers|google-auth-library|firebase-admin)/;
/** Packages that compare or make the hash of a password. */
export const HASHERS =
  /^(?:bcrypt|bcryptjs|bcrypt-ts(?:\/\w+)?|@node-rs\/(?:bcrypt|argon2)|argon2|scrypt-kdf|@phc\/\w+|oslo\/password|@oslojs\/crypto|better-auth\/crypto|@noble\/hashes\/\w+|crypto|node:crypto|crypto-js|password-hash|hash-wasm)$/;
/** A query for one record, whatever the model or the table is called. */
export const LOOKS_UP =
  /\.(?:findOne|findUnique|findFirst|findUniqueOrThrow|findFirstOrThrow|findBy\w{1,40}|hgetall|oneOrNone|maybeSingle|executeTakeFirst|upsert)\(|(?<!Array|Buffer|Object)\.from\(\s?(?:\w{1,40}|['"]\w{1,40}['"])\s?\)|\.(?:query|execute|prepare|run|get|all)\(\s{0,40}['"`]\s{0,40}SELECT\b|\bsql`\s{0,40}SELECT\b|\b(?:redis|kv|upstash|valkey)\w{0,20}(?:\(\))?\.(?:get|hget|json\.get)\(/i;
