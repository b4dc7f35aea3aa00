/** Segments directly under api/ that hold routes for trying things out; Sentry's wizard leaves one that throws. */
export const DEBUG_FOLDER =
  /^(_{0,2}(test|testing|debug)_{0,2}|debug-[\w-]+|[\w-]+-debug|sentry-example-api)$/;
/** Nobody calls a thing of a product so; `/api/test/[id]` may be about a test that people take. */
export const TRYING_OUT_FOLDER = /^(_{0,2}(testing|debug)_{0,2}|_{1,2}test_{0,2})$/;
/** Called like one, and often enough a part of the product: `test-connection` tries what a user has set up. */
export const DOUBTFUL_FOLDER = /^(test-[\w-]+|[\w-]+-test|_{0,2}dev_{0,2})$/;
/** What a product may well name after tests. */
export const PRODUCT_FOLDER =
  /^(ab|load|speed|stress|a11y|blood)-test$|^test-(results?|cases?|suites?|runs?|plans?|scores?|sets?|drives?)$/;

/** Files of code, type declarations left out. */
export const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
export const NEXT_CONFIG = /(^|\/)next\.config\.[cm]?[jt]s$/;
export const MIDDLEWARE = /(^|\/)(middleware|proxy)\.[jt]s$/;
/** Lists of addresses for search engines. */
export const ADDRESS_LIST = /(^|\/)(robots|sitemap)\.[jt]s$/;

/** Files that make machines call an address: health checks, cron jobs, probes, proxies, workflows, scripts. */
export const SETTINGS =
  /\.(ya?ml|json|jsonc|json5|toml|xml|tf|tfvars|hcl|bicep|jsonnet|libsonnet|cue|nix|sh|bash|zsh|fish|ps1|bat|cmd|py|rb|go|php|rs|java|kts?|cs|swift|dart|exs?|scala|pl|lua|sql|conf|cfg|ini|cron|service|timer|http|rest|hurl|template|tmpl|tpl|gotmpl|j2|mk|properties|nomad|jinja|html?|vue|svelte|astro|txt)$|(^|\/)([\w.-]*Dockerfile[\w.-]*|[\w.-]*Containerfile|Makefile|justfile|Procfile|Caddyfile|Jenkinsfile|crontab|captain-definition|\.env[\w.-]*|nginx[\w.-]*)$|(^|\/)(cron\.d|crontabs?|bin|hooks|\.husky|sites-(?:enabled|available)|conf\.d)\/[\w.-]+$|(^|\/)(docker|scripts?|deploy|ops)\/[\w-]+$/i;
/** Written by programs. */
export const GENERATED =
  /(^|\/)(package-lock|npm-shrinkwrap|composer\.lock|tsconfig[\w.-]*)\.json$|\.(tsbuildinfo|ipynb|map)$/i;
/** Descriptions and notes: nothing calls an address by them. */
export const DESCRIPTION = /(^|\/)(openapi|swagger)[\w.-]*\.(ya?ml|json)$|postman|\.txt$/i;
/** Settings that name files of the app and fail without them. */
export const NAMES_FILES =
  /(^|\/)(vercel\.json|tsconfig[\w.-]*\.json|[\w.-]*Dockerfile[\w.-]*)$|\.(?:ba|z)?sh$/i;

/** The methods that Next.js calls a route handler for. */
export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** Functions that send away whoever is not signed in. */
export const REFUSES = /\b(requireAuth|requireUser|requireAdmin|requireSession|withAuth\w*|auth\.protect)\b/i;

/** Functions that say who is there, and keys. That alone refuses nobody, and other things have sessions too. */
export const ASKS =
  /\b(getServerSession|getKindeServerSession|getIronSession|getSession|getToken|getAuth|currentUser|validateRequest|verifySession|verifyToken|verifyJwt|auth\.api\.getSession|auth\.getUser)\b|\bauth\(\)|headers\(?\)?\.get\(\s*['"](authorization|x-api-key)['"]|headers(\.authorization\b|\[['"](authorization|x-api-key)['"])/i;

/** Words for who is there, in a condition. */
export const WHO = /auth|session|token|cookie|\buser(?!-?agent)|logged_?in|signed_?in/i;

/** An answer that keeps somebody out. */
export const DENIES =
  /\b4(?:0[134]|10)\b|unauthori[sz]ed|unauthenticated|forbidden|\bnot[ _-]?found\b|\b(redirect|permanentRedirect|notFound)\(/i;

/** A condition that holds in production, and nothing else. */
export const STAGE =
  /^((process\.)?env\.(NODE_ENV|VERCEL_ENV)\s*(===?\s*['"]production['"]|!==?\s*['"](development|test)['"])|['"]production['"]\s*===?\s*(process\.)?env\.(NODE_ENV|VERCEL_ENV)|is_?prod(uction)?(\(\))?|!\s*is_?dev(elopment)?(\(\))?)$/i;

/** A condition that holds everywhere but in production. */
export const OTHER_STAGE =
  /^(process\.)?env\.(NODE_ENV|VERCEL_ENV)\s*(===?\s*['"](development|test)['"]|!==?\s*['"]production['"])$/;

/** Words for the stage that an app runs in. */
export const STAGE_WORDS = /\b(NODE_ENV|VERCEL_ENV|APP_ENV)\b|\bis_?(prod|dev)/i;

/** Words of a condition that chooses who or which stage gets through, where its names lead nowhere. */
export const CHOOSES =
  /['"`](?:production|development|staging)['"`]|debug|enable|feature|flag|allow|internal|localhost|127\.0\.0\.1|hostname|x-forwarded-for/i;

/** A setting of the environment; its name is captured. */
export const SETTING = /\b(?:process\.)?env(?:\.|\[['"])(\w+)/;

/** Wrappers that keep nobody out, by their names. */
export const NEUTRAL =
  /log|trac(e|ing)|sentry|cache|cors|error|catch|metric|instrument|timing|validat|limit/i;
/** Looks at the request, or at nothing. */
export const HARMLESS =
  /^(json|text|formData|blob|arrayBuffer|headers|cookies|get|has|getAll|toString|String|Number|Boolean|parseInt|URL|URLSearchParams|Date|now|performance|trim|split|slice|toLowerCase|toUpperCase|parse|safeParse|log|info|warn|error|debug|setHeader|noStore|unstable_noStore|randomUUID|fromEntries|entries|connection)$/;

/** Names that promise a guard, where the function itself cannot be read. */
export const SUGGESTS_GUARD =
  /auth|guard|debug|\bdev|enabled|allow|permi|admin|session|protect|deny|denied|refus|access|require|assert|ensure|internal|restrict|forbid|only/i;
/** Names that promise something else. */
export const SUGGESTS_OTHER = /rate|limit|valid|parse|schema|json|log|load|find|fetch/i;
/** What a guard looks at. */
export const LOOKS_AT = /\bheaders\b|\bcookies\b|\bhostname\b|\bx-forwarded-for\b|\bsession\b/i;
