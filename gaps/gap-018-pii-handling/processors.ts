import type { Repo } from '../../src/contract.ts';
import { codeFiles } from '../../src/read/code/code-files.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { KNOWN, type Known } from './known.ts';

/** Somebody outside who is handed data, and the file that hands it over. */
export interface Processor {
  readonly name: string;
  readonly path: string;
  readonly at: number;
}

const ASIDE =
  /(^|\/)(node_modules|__tests__|__mocks__|tests?|e2e|evals?|playwright|cypress|fixtures|scripts?|examples?|templates?|docs?|website|\.[\w-]+)\/|\.(test|spec|eval|stories|config)\./;

const found = new WeakMap<Repo, readonly Processor[]>();

/** Everybody outside who gets data from code that ships: once each, at the first file. */
export function processorsOf(repo: Repo): readonly Processor[] {
  const all = found.get(repo) ?? findProcessors(repo);
  found.set(repo, all);
  return all;
}

/** One pass over the code: most files ask for nobody and name no host, which is cheap to see. */
function findProcessors(repo: Repo): readonly Processor[] {
  const declared = declaredOf(repo);
  const quoted = inQuotes([...declared.values()].flat());
  const first = new Map<Known, Processor>();
  for (const path of codeFiles(repo)) {
    if (ASIDE.test(path)) continue;
    const text = repo.peek(path) ?? '';
    const asked = quoted.test(text) ? [...declared.keys()] : [];
    for (const known of new Set([...asked, ...hostsIn(text)])) {
      const at = first.has(known) ? -1 : placeOf(repo, path, known, declared.get(known) ?? []);
      if (at !== -1) first.set(known, { name: known.name, path, at });
    }
  }
  return KNOWN.flatMap((known) => first.get(known) ?? []);
}

/** Who is handed data by packages that the repository declares, with these packages. */
function declaredOf(repo: Repo): ReadonlyMap<Known, readonly string[]> {
  const owners = new Map(KNOWN.flatMap((known) => known.packages.map((name) => [name, known] as const)));
  const names = new Set(repo.layout.packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies)));
  const declared = new Map<Known, string[]>();
  for (const name of names) {
    const known = owners.get(name) ?? owners.get(name.slice(0, name.indexOf('/') + 1));
    if (known) declared.set(known, [...(declared.get(known) ?? []), name]);
  }
  return declared;
}

/** One of the packages, or what is in it, in quotes. Most quotes are passed over for the letter behind them. */
function inQuotes(names: readonly string[]): RegExp {
  const letters = new Set(names.map((name) => name[0]));
  return new RegExp(`['"](?=[${[...letters].join('')}])(?:${alternatives(names)})['"/]`);
}

function alternatives(names: readonly string[]): string {
  return names.map((name) => name.replace(/[/.]/g, '\\$&')).join('|');
}

/** Who has a host, by what it ends with: `.com` stands in few files of code. */
const HOSTED = new Map<string, (readonly [string, Known])[]>();
for (const known of KNOWN) {
  if (known.host === undefined) continue;
  const ending = known.host.slice(known.host.lastIndexOf('.'));
  HOSTED.set(ending, [...(HOSTED.get(ending) ?? []), [known.host, known]]);
}

/** Whose hosts a text names. */
function hostsIn(text: string): readonly Known[] {
  const found: Known[] = [];
  for (const [ending, hosted] of HOSTED) {
    for (let at = text.indexOf(ending); at !== -1; at = text.indexOf(ending, at + 1)) {
      for (const [host, known] of hosted) if (text.endsWith(host, at + ending.length)) found.push(known);
    }
  }
  return found;
}

/** Where code that is no comment imports one of the packages or names the host; -1 where it does neither. */
function placeOf(repo: Repo, path: string, { host, endpoint }: Known, names: readonly string[]): number {
  const words = host === undefined ? names : [...names, host];
  if (!words.some((word) => repo.mentions(path, word))) return -1;
  const code = withoutComments(repo, path);
  const imports = `(?:from|import|require\\(|import\\()\\s*['"](?:${alternatives(names)})(?:/[\\w/-]+)?['"]`;
  const places = [
    names.length === 0 ? -1 : code.search(new RegExp(imports)),
    host === undefined ? -1 : endpoint ? code.search(endpoint) : code.indexOf(host),
  ].filter((at) => at !== -1);
  return places.length === 0 ? -1 : Math.min(...places);
}
