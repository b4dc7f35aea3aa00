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

/** A setting of the environment; its name is captured. */
export const SETTING = /\b(?:process\.)?env(?:\.|\[['"])(\w+)/;
