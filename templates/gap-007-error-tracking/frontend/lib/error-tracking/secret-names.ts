/** Matches names as `wordsOf` spells them: `setupToken` and `SETUP_TOKEN` both read `setup-token`. */
const SECRET = new RegExp(
  `(?:^|-)(?:${[
    '[a-z0-9]*(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|credential|cookie|jwt|sess(?:ion)?id)s?',
    '[a-z0-9]+-pass|authorization|bearer|session|sid|csrf|xsrf|t?otp|mfa|pin|signature|code-verifier',
    '[a-z0-9]*(?:api|access|private|signing|encryption|master|service|auth|account|shared|license)-?keys?',
    // Visitors' network addresses, including private ones.
    'x-forwarded-for|(?:real|client|connecting)-ip|(?:remote|ip|client)-addr(?:ess)?',
    '(?:reset|verif[a-z]+|auth[a-z]*|invit[a-z]+|backup|recovery|access|confirm[a-z]*|security|login|time|factor)-?codes?',
  ].join('|')})(?=-|$)`,
);
/** Names of metadata about a secret, such as `tokenType`. */
const ABOUT = new RegExp(
  `-(?:${[
    'count|length|limit|size|types?|names?|expir[a-z]*|ttl',
    'status|errors?|exceptions?|usage|used|endpoint|policy',
  ].join('|')})$`,
);
/** File names such as `password.ts`. */
const FILE = /\.(?:[cm]?[jt]sx?|json|css|map|html?|md)$/i;
/** Pairs of words that name a secret only together. */
const PHRASE = new RegExp(
  `\\b(?:${[
    '(?:api|access|private|secret|signing|encryption|setup) key',
    '(?:reset|verification|confirmation|security|backup|recovery|invitation|access|login|one-time) code',
  ].join('|')})$`,
  'i',
);
/** Names that mean a secret in a URL's query, but many other things elsewhere. */
const PARAMETER = new RegExp(
  `(?:^|-)(?:${[
    'code|key|setup|invit[a-z]+|sig|auth|ticket|pass|pw|access|magic|nonce',
    'assertion|samlresponse|confirm[a-z]*|verif[a-z]+|unlock|activat[a-z]+',
  ].join('|')})$`,
);
/** Names of secrets that people choose, which may be any word. */
const PASSWORD = /passw|pwd|passphrase|passcode|-pass$/;
/** Parts of a request, wherever the code attached them. */
const REQUEST_PART = /^(?:body|headers|rawHeaders|cookies|query_string|(?:http|url)\.(?:query|fragment)|vars)$/;
/** How many characters at the end of a long name count. */
const LONGEST = 80;

/** Whether a value with this name is a secret or a visitor's address. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return SECRET.test(words) && !ABOUT.test(words) && !FILE.test(name);
}

/** Whether the name stands for part of a request, which may contain anything. */
export function isRequestPart(name: string): boolean {
  return REQUEST_PART.test(name);
}

/** Whether the text is only the name of a secret, as in a list of field names. */
export function isNameAlone(text: string): boolean {
  return /^[a-z][A-Za-z_]*$/.test(text) && isSecretName(text);
}

/** Whether two adjacent words name a secret, as in `api key`. */
export function isSecretPhrase(phrase: string): boolean {
  return PHRASE.test(phrase);
}

/** Whether a query or fragment parameter of a URL holds a secret. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || PARAMETER.test(wordsOf(name));
}

/** Whether people choose this kind of secret, so that it may look like an ordinary word. */
export function isPasswordName(name: string): boolean {
  return PASSWORD.test(wordsOf(name));
}

function wordsOf(name: string): string {
  return name
    .slice(-LONGEST)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}
