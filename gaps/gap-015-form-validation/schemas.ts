import type { Repo } from '../../src/contract.ts';
import type { Behind } from './behind.ts';

/** Libraries that check data against a description of it (standardschema.dev lists most of them). */
const LIBRARIES =
  '(?:zod|@zod|yup|joi|@hapi/joi|valibot|superstruct|arktype|ajv|@sinclair/typebox|typebox|io-ts|runtypes|effect|@effect/schema|class-validator|vest|drizzle-zod|myzod|@vinejs/vine|@conform-to|@hookform/resolvers|next-safe-action|zsa|remix-validated-form|@rvf)';
const SCHEMA_LIBRARY = new RegExp(`^${LIBRARIES}(?:/|$|-)`);
/** An import of theirs, or of react-hook-form, whose resolver may stand elsewhere. */
const NAMES_LIBRARY = new RegExp(
  `\\b(?:from|import|require\\()\\s*['"](?:${LIBRARIES}|react-hook-form)(?:/|['"]|-)`,
);
/** Functions of theirs that check. */
const CHECKS =
  /^(?:(?:safeP|p)arse\w*|assert|is|validate\w*|create|mask|decode\w*|type|\w+Resolver|parseWith\w+)$/;

/** What has a `parse` that is no schema's. */
const NO_SCHEMA =
  /^(?:JSON|Date|path|qs|querystring|queryString|marked|Papa|papa|csv|yaml|YAML|cookie|cookies|url|URL|superjson|SuperJSON|devalue|acorn|mime|semver|Number|numeral|moment|dayjs|parser|DOMParser|chrono|Temporal|Duration|ms|bytes|toml|TOML|JSON5|json5)$/;

/** A call that checks data against a schema, told by its words alone. */
const CHECKING: readonly RegExp[] = [
  /\.(?:safeParse|safeParseAsync|parseAsync|spa|decodeUnknown\w*|validateSync|validateAsync|isValidSync)\(/,
  /\bresolver\s*[:,}]|Resolver\(|validationSchema|toFormikValidat|\bwithZod\(|zodValidator|zfd\.formData\(/,
  /[sS]chema\w*(?:\.\w+\([^()]*\))*\.(?:parse|validate|isValid|validateAt|assert|check|decode|cast)\(/,
  /\b(?:parse|safeParse|validate|assert|is|check)\w*\(\s*\w*[sS]chema\b/,
  /\bparseWith(?:Zod|Yup|Valibot|Schema)\w*\(/,
  /\bajv\w*\.(?:compile|validate)\(/i,
  /\bValue\.(?:Check|Parse|Decode|Errors)\(|\bSchema\.decode\w*\(|\['~standard'\]\.validate/,
  /\bvalidators\s*:\s*\{[^}]*(?:[sS]chema|\b[zv]\.\w+\()/,
  /\.(?:schema|inputSchema|inputValidator|input|validator)\(\s*(?:\w*[sS]chema\b|[zv]\.\w+\(|async\s*\(\)\s*=>)/,
];

/** Without any of this, none of that: one pass over a text where most texts hold neither. */
const MAY_CHECK =
  /[sS]chema|(?<!JSON)\.(?:safeP|p)arse|esolver|[aA]jv|Value\.[CPDE]|parseWith|\.spa\(|decodeUnknown|\.(?:validat|isValid|input)\w*\(|alidator|Zod\(|zfd|~standard|\b(?:parse|safeParse)\(/;

/** Whether what runs on a submit checks the data against a schema. */
export function checksSchema({ pieces, installed }: Behind): boolean {
  return (
    installed.some(({ specifier, name }) => isCheck(specifier, name)) ||
    pieces.some(({ code }) => hasCheck(code))
  );
}

/** Resolvers of react-hook-form, conform's parsers, functions such as valibot's; `z` alone only describes. */
function isCheck(specifier: string, name: string): boolean {
  if (!SCHEMA_LIBRARY.test(specifier)) return false;
  return specifier.startsWith('@hookform/') || CHECKS.test(name);
}

/** Whether code holds a call that checks data against a schema. */
export function hasCheck(code: string): boolean {
  if (!MAY_CHECK.test(code)) return false;
  if (CHECKING.some((pattern) => pattern.test(code))) return true;
  return [...code.matchAll(/\.parse\(/g)].some(({ index }) => {
    const receiver = /([\w$]+|\))\s*$/.exec(code.slice(Math.max(0, index - 60), index))?.[1];
    return receiver !== undefined && !NO_SCHEMA.test(receiver);
  });
}

/** Whether the words of a text name a schema at all. */
export function mentionsSchema(text: string): boolean {
  return /Schema\b|['"](?:zod|yup|valibot|joi|superstruct|arktype|ajv)(?:\/[\w./-]*)?['"]/.test(text);
}

const traces = new WeakMap<Repo, Map<string, boolean>>();

/** Whether a file names a schema library or holds what looks like a check; told once per file. */
export function hasTrace(repo: Repo, path: string): boolean {
  const known = traces.get(repo) ?? new Map<string, boolean>();
  traces.set(repo, known);
  let found = known.get(path);
  if (found === undefined) {
    const text = /\.[cm]?[jt]sx?$/.test(path) ? (repo.peek(path) ?? '') : '';
    found = NAMES_LIBRARY.test(text) || hasCheck(text);
    known.set(path, found);
  }
  return found;
}
