/** Parts of names, as `wordsOf` writes them: `setupToken`, `SETUP_TOKEN` and `x-setup-token` are one. */
const SECRET = new RegExp(
  `(?:^|-)(?:${[
    '[a-z0-9]*(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|credential|cookie|jwt|sess(?:ion)?id)s?',
    '[a-z0-9]+-pass|authorization|bearer|session|sid|csrf|xsrf|t?otp|mfa|pin|signature|code-verifier',
    '[a-z0-9]*(?:api|access|private|signing|encryption|master|service|auth|account|shared|license)-?keys?',
    '(?:reset|verif[a-z]+|auth[a-z]*|invit[a-z]+|backup|recovery|access|confirm[a-z]*|security|login|time|factor)-?codes?',
  ].join('|')})(?=-|$)`,
);
/** What is said about a secret is none: `tokenType`, `password.ts`. */
const ABOUT = /-(?:count|length|limit|types?|names?|expir[a-z]*|ttl|status|errors?|exceptions?|usage|used|endpoint|policy|size)$/;
const FILE = /\.(?:[cm]?[jt]sx?|json|css|map|html?|md)$/i;
const PHRASE =
  /\b(?:api|access|private|secret|signing|encryption|setup) key$|\b(?:reset|verification|confirmation|security|backup|recovery|invitation|access|login|one-time) code$/i;
/** In an address these open doors too; in a sentence or a log they are anything. */
const PARAMETER =
  /(?:^|-)(?:code|key|setup|invit[a-z]+|invite|sig|auth|ticket|pass|pw|access|magic|nonce|assertion|samlresponse|confirm[a-z]*|verif[a-z]+|unlock|activat[a-z]+)$/;
const PASSWORD = /passw|pwd|passphrase|passcode|-pass$/;
/** Longer words are no names. */
const LONGEST = 80;

/** Whether what goes by this name opens a door. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return SECRET.test(words) && !ABOUT.test(words) && !FILE.test(name);
}

/** Whether a text is such a name and nothing else, as in a list of names. */
export function isNameAlone(text: string): boolean {
  return /^[a-z][A-Za-z_]*$/.test(text) && isSecretName(text);
}

/** Whether two words side by side are such a name: `api key`. */
export function isSecretPhrase(phrase: string): boolean {
  return PHRASE.test(phrase);
}

/** Whether a parameter of an address opens a door. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || PARAMETER.test(wordsOf(name));
}

/** A person chose it: it may be any word. */
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
