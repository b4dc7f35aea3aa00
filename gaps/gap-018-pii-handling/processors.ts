import type { Repo } from '../../src/contract.ts';
import { codeFiles } from '../../src/read/code-files.ts';
import { blankComments } from '../../src/read/comments.ts';
import { oncePer } from '../../src/repo/once.ts';
import { KNOWN, type Known } from './known.ts';

/** Somebody outside who is handed data, and the file that hands it over. */
export interface Processor {
  readonly name: string;
  readonly path: string;
  readonly at: number;
}

const ASIDE =
  /(^|\/)(node_modules|__tests__|__mocks__|tests?|e2e|evals?|playwright|cypress|fixtures|scripts?|examples?|templates?|docs?|website|\.[\w-]+)\/|\.(test|spec|eval|stories|config)\./;

/** Everybody outside who gets data from code that ships: once each, at the first file. */
export const processorsOf = oncePer((repo: Repo): readonly Processor[] => {
  const declared = declaredOf(repo);
  const packages = quoted([...declared.keys()]);
  const first = new Map<Known, Processor>();
  for (const path of codeFiles(repo)) {
    if (ASIDE.test(path)) continue;
    const text = repo.peek(path) ?? '';
    const asked = packages ? Array.from(text.matchAll(packages), ([, name = '']) => declared.get(name)) : [];
    for (const known of new Set([...asked, ...hostsIn(text)])) {
      if (!known || first.has(known)) continue;
      const at = placeOf(blankComments(text), known, declared);
      if (at !== -1) first.set(known, { name: known.name, path, at });
    }
  }
  return KNOWN.flatMap((known) => first.get(known) ?? []);
});

/** The packages that the repository declares and that hand data over, with whom they hand it to. */
function declaredOf(repo: Repo): ReadonlyMap<string, Known> {
  const owners = new Map(KNOWN.flatMap((known) => known.packages.map((name) => [name, known] as const)));
  const declared = new Map<string, Known>();
  for (const { manifest } of repo.layout.packages) {
    for (const name of Object.keys(manifest.dependencies)) {
      const known = owners.get(name) ?? owners.get(name.slice(0, name.indexOf('/') + 1));
      if (known) declared.set(name, known);
    }
  }
  return declared;
}

/** Finds the packages, or what is in them, where they stand in quotes; undefined for no packages. */
function quoted(names: readonly string[]): RegExp | undefined {
  return names.length === 0 ? undefined : new RegExp(`['"](${alternatives(names)})['"/]`, 'g');
}

function alternatives(names: readonly string[]): string {
  return names.map((name) => name.replace(/[/.]/g, '\\$&')).join('|');
}

const HOSTS = new RegExp(KNOWN.flatMap(({ host }) => host?.source ?? []).join('|'));

/** Whose hosts a text names. Most texts hold no host at all, which is cheap to see. */
function hostsIn(text: string): readonly Known[] {
  if (!text.includes('.com') && !text.includes('.ai') && !text.includes('.io')) return [];
  return HOSTS.test(text) ? KNOWN.filter(({ host }) => host?.test(text)) : [];
}

/** Where code that is no comment imports one of the packages or names the host; -1 where it does neither. */
function placeOf(code: string, known: Known, declared: ReadonlyMap<string, Known>): number {
  const names = [...declared].flatMap(([name, by]) => (by === known ? name : []));
  const imported =
    names.length === 0
      ? []
      : `(?:from|import|require\\(|import\\()\\s*['"](?:${alternatives(names)})(?:/[\\w/-]+)?['"]`;
  return code.search(new RegExp([imported, known.host?.source ?? []].flat().join('|')));
}
