import type { Repo } from '../../../src/contract.ts';
import type { Mutant } from './broken-rules.ts';

const HANDLER = /(^|\/)route\.[jt]s$/;
const VIEW = /\.[jt]sx$/;
const METHOD = /^export\s+(async\s+)?(function|const)\s+(GET|POST|PUT|PATCH|DELETE)\b/gm;
const DEFAULT_VIEW = /^export\s+default\s+function\s+(\w+)/m;
/** Each costs a run of the tests that are about it. */
const MOST = 16;

/** Every handler and page that a test imports, broken in the ways that a careless test would not notice. */
export function brokenFiles(repo: Repo, tested: ReadonlySet<string>): readonly Mutant[] {
  return [...tested].sort().flatMap(mutations(repo)).slice(0, MOST);
}

function mutations(repo: Repo): (path: string) => readonly Mutant[] {
  return (path) => {
    const text = repo.peek(path) ?? '';
    const broken = (how: string, mutate: (text: string) => string) => ({ how, files: [{ path, mutate }] });
    if (HANDLER.test(path) && text.search(METHOD) !== -1)
      return [
        broken(`${path} answers 200 and nothing`, answering('Response.json({})')),
        broken(`${path} answers 500`, answering('new Response(null, { status: 500 })')),
      ];
    if (VIEW.test(path) && DEFAULT_VIEW.test(text)) return [broken(`${path} shows nothing`, showingNothing)];
    return [];
  };
}

function answering(answer: string): (text: string) => string {
  return (text) => {
    const methods = [...text.matchAll(METHOD)].map(([, , , method = '']) => method);
    const broken = methods.map((method) => `export async function ${method}() { return ${answer}; }\n`);
    return `${text.replace(METHOD, (_, isAsync = '', kind, method) => `${isAsync}${kind} was${method}`)}\n${broken.join('')}`;
  };
}

function showingNothing(text: string): string {
  return `${text.replace(DEFAULT_VIEW, 'function $1')}\nexport default function Nothing() { return null; }\n`;
}
