import type { Repo } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';

/** An OpenAPI description in a file of its own, or in the comments of the code. */
export interface Description {
  readonly path: string;
  readonly operations: readonly Operation[];
  /** Parts stand in other files, so what it does not name may still be documented. */
  readonly isPartial: boolean;
}

/** One method of one path; '*' where the methods stand elsewhere. */
export interface Operation {
  readonly method: string;
  /** With the server's base path in front, where there are several the first: `/api/plugs/{plugId}`. */
  readonly url: string;
  readonly at: number;
}

const FILE =
  /(^|[/.-])(openapi|swagger|api-?docs?|api-?spec)[\w.-]*\.(ya?ml|json)$|(^|\/)(openapi|swagger)\/[^/]+\.(ya?ml|json)$/i;
/** Somebody's material, which describes nothing that ships. */
export const MATERIAL =
  /(^|\/)(__tests__|__mocks__|fixtures?|__fixtures__|tests?|e2e|examples?|templates?)\//;
const IS_DESCRIPTION = /["']?\b(?:openapi|swagger)["']?\s*:\s*["']?[23]\b/;
const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

/** Every description of the repository, by path. Files that do not parse are passed over. */
export function descriptionsIn(repo: Repo, read: (path: string) => unknown): readonly Description[] {
  const files = repo
    .find(FILE)
    .filter((path) => !MATERIAL.test(path) && !/(^|\/)next\.openapi\.json$/.test(path));
  const written = files.flatMap((path): Description[] => {
    const text = repo.peek(path) ?? '';
    if (!IS_DESCRIPTION.test(text)) return [];
    const document = asRecord(read(path));
    return [{ path, ...operationsOf(document, text) }];
  });
  return [...written, ...commentsIn(repo)];
}

function operationsOf(document: Readonly<Record<string, unknown>>, text: string): Omit<Description, 'path'> {
  const base = basePathOf(document);
  const paths = Object.entries(asRecord(document.paths));
  const operations = paths.flatMap(([path, value]) => {
    if (!path.startsWith('/')) return [];
    const item = asRecord(value);
    const url = path === '/' ? base || '/' : base + path;
    const at = Math.max(0, text.indexOf(path));
    const methods = Object.keys(item).filter((key) => METHODS.has(key));
    if ('$ref' in item) return [{ method: '*', url, at }];
    return methods.map((method) => ({ method: method.toUpperCase(), url, at }));
  });
  return { operations, isPartial: paths.some(([path]) => path === '$ref') };
}

/** `/api` of `servers: [{ url: https://example.com/api }]`, or the basePath of Swagger 2. */
function basePathOf(document: Readonly<Record<string, unknown>>): string {
  const servers = Array.isArray(document.servers) ? document.servers : [];
  const url = asRecord(servers[0]).url ?? document.basePath;
  if (typeof url !== 'string') return '';
  return url
    .replace(/^\w+:\/\/[^/]*/, '')
    .replace(/^\{[^}]*\}/, '')
    .replace(/\/$/, '');
}

const COMMENT = /\/\*\*(?:(?!\*\/)[\s\S])*?@(?:swagger|openapi)\b[\s\S]*?\*\//g;

/** What swagger-jsdoc reads: YAML in `@swagger` comments. */
function commentsIn(repo: Repo): readonly Description[] {
  return repo.find(/(?<!\.d)\.[cm]?[jt]sx?$/).flatMap((path): Description[] => {
    if (MATERIAL.test(path)) return [];
    const text = repo.peek(path) ?? '';
    if (!text.includes('@swagger') && !text.includes('@openapi')) return [];
    const operations = [...text.matchAll(COMMENT)].flatMap(({ index, 0: comment }) =>
      operationsIn(comment, index),
    );
    return operations.length === 0 ? [] : [{ path, operations, isPartial: false }];
  });
}

function operationsIn(comment: string, at: number): readonly Operation[] {
  const found: Operation[] = [];
  let url: string | undefined;
  for (const line of comment.split('\n')) {
    const [, path, method] =
      /^[\s*]*(?:['"]?(\/[\w\-{}/.:]*?)['"]?|(get|put|post|delete|patch)):\s*$/.exec(line) ?? [];
    if (path !== undefined) url = path;
    else if (method !== undefined && url !== undefined) found.push({ method: method.toUpperCase(), url, at });
  }
  return found;
}
