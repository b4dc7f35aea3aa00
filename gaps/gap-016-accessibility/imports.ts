import type { NextApp, Repo } from '../../src/contract.ts';
import { SourceError } from '../../src/errors.ts';
import { resolveImport } from '../../src/read/code/imports.ts';
import { once } from '../../src/repo/once.ts';

/** The local names that stand for icons. */
export type IsIcon = (name: string) => boolean;

/** Packages whose components draw a picture and no text. */
const ICON_PACKAGES =
  /^(lucide-react(\/.*)?|react-icons(\/.*)?|@heroicons\/.*|@radix-ui\/react-icons|@phosphor-icons\/react(\/.*)?|phosphor-react|@tabler\/icons-react|react-feather|@mui\/icons-material(\/.*)?|@fortawesome\/react-fontawesome|@remixicon\/react|iconoir-react|@iconify\/react|@hugeicons\/.*|@ant-design\/icons|@primer\/octicons-react|react-bootstrap-icons|@carbon\/icons-react)$/;
/** A module of the project that holds icons, or a drawing that is imported as a component. */
const ICON_MODULE = /(^|\/)icons?(\/[\w.-]+)*$|\.svg(\?\w+)?$/;

/** Where a file stands: what it imports is looked up from there. */
export interface Place {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly path: string;
}

/** Tells icons apart by the file's imports; `Image` of lucide-react is an icon, that of next/image is not. */
export function iconsOf(text: string, imports: Imports, place: Place): IsIcon {
  const icons = once(
    () => new Set([...namesFrom(imports, ICON_PACKAGES), ...namesFrom(imports, ICON_MODULE)]),
  );
  const isKnown = (name: string) => icons().has(name) || icons().has(name.split('.')[0] ?? '');
  return (name) =>
    isKnown(name) ||
    /(^|\.)Icons?\.\w+$/.test(name) ||
    (/Icon$/.test(name) && !isTold(sourceOf(name, text, place)));
}

/** What draws an icon may say what it shows. */
function isTold(source: string): boolean {
  return /\balt=(?:["'][^"']|\{(?!["'`]{2}))|<title\b|\baria-label=/.test(source);
}

const DECLARED = 800;

/** The source of a component, as far as it is in the repository. */
function sourceOf(name: string, text: string, { repo, app, path }: Place): string {
  const declared = declarationOf(name, text);
  if (declared !== -1) return text.slice(declared, declared + DECLARED).split(/\n\}/)[0] ?? '';
  const imported = new RegExp(`\\b${name.replace(/\W/g, '.')}\\b[^'"]*\\sfrom\\s+['"]([^'"]+)['"]`).exec(
    text,
  );
  const module = imported?.[1];
  if (module === undefined || !/^[.@~#]/.test(module)) return '';
  const file = found(() => resolveImport(repo, app, path, module));
  const source = file === undefined ? '' : (repo.peek(file) ?? '');
  const at = source.search(new RegExp(`\\b(?:function|const|class)\\s+${name.replace(/\W/g, '.')}\\b`));
  return at === -1 ? source : (source.slice(at, at + DECLARED).split(/\n\}/)[0] ?? '');
}

const DECLARING = /\b(?:function|const)\s+$/;

/** Where a file declares a name, or -1. A pattern with the name in it would have to be compiled for each name. */
function declarationOf(name: string, text: string): number {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 20), at);
    const start = before.search(DECLARING);
    if (start !== -1 && !/\w/.test(text[at + name.length] ?? '')) return at - before.length + start;
  }
  return -1;
}

/** A tsconfig.json that does not parse hides where an alias leads, and no more. */
function found(look: () => string | undefined): string | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** What a file imports: the module, and the source of what is taken from it. */
export type Imports = readonly { readonly module: string; readonly clause: string }[];

const IMPORT = /^import\s+(?!type\b)([^'"]*?)\s+from\s+['"]([^'"]+)['"]/gm;

/** Read as text, which a parse would only slow down. */
export function importsIn(text: string): Imports {
  return Array.from(text.matchAll(IMPORT), ([, clause = '', module = '']) => ({ module, clause }));
}

/** The local names of what comes from the modules that match. */
export function namesFrom(imports: Imports, modules: RegExp): readonly string[] {
  return imports
    .filter(({ module }) => modules.test(module))
    .flatMap(({ clause }) => clause.split(/[{},]/))
    .map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter((name) => name !== '');
}

/** Where shadcn/ui, and many after it, keep what wraps Radix. */
const UI = /(^|\/)ui\/[\w-]+$/;
const PRIMITIVE = /^@radix-ui\/react-|^radix-ui$/;
const UNSTYLED = /^@headlessui\/react$|^@mui\/material(\/IconButton)?$/;
const OPENER =
  /^(?:(?:Alert)?Dialog|Sheet|Drawer|Popover|DropdownMenu|Menubar|Collapsible|Tooltip)(?:Primitive)?\.?(?:Trigger|Close)$|^Toggle$|^ToggleGroupItem$/;
const HEADLESS =
  /^(?:Menu|Popover|Disclosure)\.?Button$|^(?:Menu|Popover|Disclosure|Close)Button$|^IconButton$/;

/** Components that render a native `<button>` around what they are given. */
export function buttonsOf(imports: Imports): (name: string) => boolean {
  // Few files use one at all.
  const wrapped = once(() => new Set([...namesFrom(imports, UI), ...namesFrom(imports, PRIMITIVE)]));
  const headless = once(() => new Set(namesFrom(imports, UNSTYLED)));
  const root = (name: string) => name.split('.')[0] ?? '';
  return (name) =>
    (OPENER.test(name) && wrapped().has(root(name))) || (HEADLESS.test(name) && headless().has(root(name)));
}

/** Components that pass everything on to an `<input>`, by the place that shadcn/ui gives them. */
const FIELD_MODULE = /(^|\/)ui\/(input|textarea)$/;
const SWITCHES = /^(?:Switch|Checkbox|RadioGroupItem)$/;

/** Components that are a field, and take their label as one does. */
export function fieldsOf(imports: Imports): ReadonlySet<string> {
  const wrapped = imports.filter(({ module }) => UI.test(module));
  return new Set([
    ...namesFrom(wrapped, FIELD_MODULE),
    ...namesFrom(wrapped, UI).filter((name) => SWITCHES.test(name)),
  ]);
}
