import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { resolveImport } from '../../src/read/code/imports.ts';

/** A top-level statement of a file, without comments, and the names it declares. */
interface Section {
  readonly names: readonly string[];
  readonly code: string;
  /** The names of its file that it mentions; found when first asked for. */
  mentions: readonly string[] | undefined;
}

interface FileParts {
  /** All that it declares or imports under a name. */
  readonly names: readonly string[];
  /** By each name that they declare. */
  readonly sections: ReadonlyMap<string, readonly Section[]>;
  /** Local name of an import, and what it stands for. */
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
}

const STATEMENT = /^(?=(?:export|import|async|function|const|let|var|class|interface|type|enum|module)\b)/m;
const NAMED = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s+([\w$]+)/;
const LISTED = /^export\s+(?:(?:const|let|var)\s+)?\{([^}]*)\}/;
const REEXPORT = /^export\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/;
const IMPORT =
  /^import\s+(?!type\b)(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s+as\s+([\w$]+))?\s*from\s*['"]([^'"]+)['"]/;

const WORD = /^[A-Za-z_$][\w$]*$/;

const known = new WeakMap<Repo, Map<string, FileParts>>();

/**
 * The code that runs when a handler is called: its own declaration and those it names, in its file and, up to
 * `hops` imports away, in others. Read on the text: every route is asked, and a parse of each costs too much.
 */
export function codeOf(repo: Repo, app: NextApp, path: string, entry: string, hops: number): string {
  const seen = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string, name: string, left: number) => {
    if (seen.has(`${file}#${name}`)) return;
    seen.add(`${file}#${name}`);
    const parts = partsOf(repo, file);
    const { sections, imports } = parts;
    const follow = (word: string) => {
      const from = imports.get(word);
      if (!from) return visit(file, word, left);
      const target =
        left > 0 && !isInstalled(app, from.specifier)
          ? resolveImport(repo, app, file, from.specifier)
          : undefined;
      if (target !== undefined) visit(target, from.name, left - 1);
    };
    if (imports.has(name)) follow(name);
    for (const section of sections.get(name) ?? []) {
      if (found.has(section.code)) continue;
      found.add(section.code);
      for (const word of mentionsOf(section, parts)) follow(word);
    }
  };
  visit(path, entry, hops);
  return [...found].join('\n');
}

function mentionsOf(section: Section, { names }: FileParts): readonly string[] {
  section.mentions ??= names
    .map((name) => ({ name, at: firstUse(name, section.code) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
  return section.mentions;
}

/** Where a name first stands as a word of its own, or -1. A file has few names, and its code many words. */
function firstUse(name: string, code: string): number {
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1))
    if (!/[\w$]/.test(code[at - 1] ?? '') && !/[\w$]/.test(code[at + name.length] ?? '')) return at;
  return -1;
}

/** Declared packages are most of the imports, and looking for their files is most of the time. */
function isInstalled({ workspace }: NextApp, specifier: string): boolean {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  const version = workspace.manifest.dependencies[name];
  return version !== undefined && !/^(workspace|file|link|portal):|^\*$/.test(version);
}

function partsOf(repo: Repo, path: string): FileParts {
  const files = known.get(repo) ?? new Map<string, FileParts>();
  known.set(repo, files);
  let parts = files.get(path);
  if (!parts) {
    parts = split(withoutComments(repo, path));
    files.set(path, parts);
  }
  return parts;
}

function split(text: string): FileParts {
  const imports = new Map<string, { specifier: string; name: string }>();
  const sections = new Map<string, Section[]>();
  for (const code of text.split(STATEMENT)) {
    const again = REEXPORT.exec(code);
    for (const { from, to } of entriesOf(again?.[1] ?? ''))
      imports.set(to, { specifier: again?.[2] ?? '', name: from });
    if (again) continue;
    const match = IMPORT.exec(code);
    if (!match) {
      if (!/^(import|type|interface)\b/.test(code))
        declare(sections, { names: namesOf(code), code, mentions: undefined });
      continue;
    }
    const [, byDefault, list = '', all, specifier = ''] = match;
    if (byDefault !== undefined) imports.set(byDefault, { specifier, name: 'default' });
    if (all !== undefined) imports.set(all, { specifier, name: '*' });
    for (const { from, to } of entriesOf(list)) imports.set(to, { specifier, name: from });
  }
  const names = [...new Set([...sections.keys(), ...imports.keys()])].filter((name) => WORD.test(name));
  return { names, sections, imports };
}

function declare(sections: Map<string, Section[]>, section: Section): void {
  for (const name of section.names) sections.set(name, [...(sections.get(name) ?? []), section]);
}

function namesOf(code: string): readonly string[] {
  const isDefault = /^(export\s+default\b|module\.exports\s*=)/.test(code) ? ['default'] : [];
  const list = LISTED.exec(code)?.[1];
  if (list !== undefined) return entriesOf(list).map(({ to }) => to);
  const name = NAMED.exec(code)?.[1];
  return name === undefined ? isDefault : [...isDefault, name];
}

function entriesOf(list: string): readonly { readonly from: string; readonly to: string }[] {
  return list.split(',').flatMap((entry) => {
    const [from = '', to = from] = entry.trim().split(/\s+as\s+|\s*:\s*/);
    return from === '' || from.startsWith('type ') ? [] : [{ from, to }];
  });
}
