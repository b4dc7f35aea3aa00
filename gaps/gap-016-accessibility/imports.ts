import type { NextApp, Repo } from '../../src/contract.ts';
import { SourceError } from '../../src/errors.ts';
import { resolveImport } from '../../src/read/imports.ts';

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
export function iconsOf(text: string, place: Place): IsIcon {
  const icons = new Set([...namesFrom(text, ICON_PACKAGES), ...namesFrom(text, ICON_MODULE)]);
  const isKnown = (name: string) => icons.has(name) || icons.has(name.split('.')[0] ?? '');
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
  const declared = new RegExp(`\\b(?:function|const)\\s+${name.replace(/\W/g, '.')}\\b`).exec(text);
  if (declared) return text.slice(declared.index, declared.index + DECLARED).split(/\n\}/)[0] ?? '';
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

/** A tsconfig.json that does not parse hides where an alias leads, and no more. */
function found(look: () => string | undefined): string | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** The local names that a file imports from the modules that match; read as text, which a parse would only slow down. */
export function namesFrom(text: string, modules: RegExp): readonly string[] {
  return [...text.matchAll(/^import\s+(?!type\b)([^'"]*?)\s+from\s+['"]([^'"]+)['"]/gm)]
    .filter(([, , module = '']) => modules.test(module))
    .flatMap(([, clause = '']) => clause.split(/[{},]/))
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
const OPENER =
  /^(?:(?:Alert)?Dialog|Sheet|Drawer|Popover|DropdownMenu|Menubar|Collapsible|Tooltip)(?:Primitive)?\.?(?:Trigger|Close)$|^Toggle$|^ToggleGroupItem$/;
const HEADLESS =
  /^(?:Menu|Popover|Disclosure)\.?Button$|^(?:Menu|Popover|Disclosure|Close)Button$|^IconButton$/;

/** Components that render a native `<button>` around what they are given. */
export function buttonsOf(text: string): (name: string) => boolean {
  const wrapped = new Set([...namesFrom(text, UI), ...namesFrom(text, PRIMITIVE)]);
  const headless = new Set(namesFrom(text, /^@headlessui\/react$|^@mui\/material(\/IconButton)?$/));
  const root = (name: string) => name.split('.')[0] ?? '';
  return (name) =>
    (OPENER.test(name) && wrapped.has(root(name))) || (HEADLESS.test(name) && headless.has(root(name)));
}

/** Components that pass everything on to an `<input>`, by the place that shadcn/ui gives them. */
const FIELD_MODULE = /(^|\/)ui\/(input|textarea)$/;
const SWITCHES = /^(?:Switch|Checkbox|RadioGroupItem)$/;

/** Components that are a field, and take their label as one does. */
export function fieldsOf(text: string): ReadonlySet<string> {
  return new Set([
    ...namesFrom(text, FIELD_MODULE),
    ...namesFrom(text, UI).filter((name) => SWITCHES.test(name)),
  ]);
}
