import type { NextApp, Repo } from '../../../src/contract.ts';
import { SourceError } from '../../../src/errors.ts';
import { type Definition, topLevelMeaning } from '../../../src/read/code/definitions.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';

/** Where a file stands: what it imports is looked up from there. */
export interface Place {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly path: string;
}

/** What a component of the repository does with what it is given. */
export interface OwnComponent {
  /** It has a name or a text of its own. */
  readonly speaks: boolean;
  /** The properties that become its name or a text in it. */
  readonly naming: ReadonlySet<string>;
  /** What it renders is a native button, or may be one. */
  readonly isButton: boolean;
  /** It puts its children into a label. */
  readonly isLabel: boolean;
  /** It renders something that people operate. */
  readonly holdsControl: boolean;
  /** It hands an aria-label on, or all that it is given. */
  readonly handsOn: boolean;
}

/** The component that a name stands for in a file, as far as its source is in the repository. */
export function ownComponent({ repo, app, path }: Place, name: string): OwnComponent | undefined {
  const module = name.includes('.') || name === '' ? undefined : peekModule(repo, path);
  if (!module) return undefined;
  const meaning = found(() => topLevelMeaning(repo, app, module, name));
  const definition = meaning?.kind === 'code' ? meaning.definitions[0] : undefined;
  return definition ? readOnce(repo)(definition) : undefined;
}

/** A tsconfig.json that does not parse hides where an alias leads, and no more. */
function found<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

const readOnce = oncePer((repo: Repo) => {
  const known = new Map<string, OwnComponent>();
  return (definition: Definition): OwnComponent => {
    const key = `${definition.module.path} ${definition.start}`;
    const component = known.get(key) ?? readComponent(repo, definition);
    known.set(key, component);
    return component;
  };
});

function readComponent(repo: Repo, { module, start, end }: Definition): OwnComponent {
  const elements = jsxElements(repo, module.path).filter((each) => each.start >= start && each.end <= end);
  const outer = elements.filter(({ parent }) => !parent || parent.start < start);
  const spoken = elements.flatMap(spokenIn);
  return {
    speaks: spoken.some(isText),
    naming: new Set(spoken.flatMap(identifiersIn)),
    isButton: outer.some(({ name }) => isButtonName(name, module.text.slice(start, end))),
    isLabel: elements.some((each) => /label$/i.test(each.name) && holdsChildren(each)),
    holdsControl: elements.some(
      (each) =>
        /^(?:a|button|input|select|textarea)$|(?:Link|Button|Input|Trigger)$/.test(each.name) ||
        attributeOf(each, 'onClick') !== undefined,
    ),
    handsOn: elements.some((each) => hasSpread(each) || attributeOf(each, 'aria-label') !== undefined),
  };
}

/** What an element says: its name in ARIA, and what stands in it; the sources of expressions in braces. */
function spokenIn(element: JsxElement): readonly string[] {
  // A component inside is handed the words; a tooltip describes and does not name.
  const handedOn = /^[A-Z]/.test(element.name) && !/Tooltip/.test(element.name) ? HANDED_ON : [];
  const attributes = [...NAMING, ...handedOn].flatMap((name) => {
    const attribute = attributeOf(element, name);
    if (!attribute || attribute.kind === 'flag') return [];
    return attribute.kind === 'text' ? [quoted(attribute.value)] : [attribute.value];
  });
  const inside = element.children.flatMap((child) => {
    if (child.kind === 'text') return [quoted(child.text)];
    return child.kind === 'expression' && child.elements.length === 0 ? [child.source] : [];
  });
  return [...attributes, ...inside];
}

const NAMING = ['aria-label', 'aria-labelledby', 'alt'] as const;
const HANDED_ON = ['label', 'text'] as const;

function quoted(text: string): string {
  return JSON.stringify(text);
}

const STRINGS = /"[^"]{0,300}"|'[^']{0,300}'|`[^`]{0,300}`/g;

/** `'Close'`, `label ?? 'Close'`, `t('close')`: some text is there whatever is handed over. */
function isText(source: string): boolean {
  if (/^\s*\/[*/]/.test(source)) return false;
  const strings = source.replace(/\[\s*['"][\w-]+['"]\s*\]/g, '').match(STRINGS) ?? [];
  return strings.some((text) => /\p{L}/u.test(text));
}

/** What is handed over beside words: pictures, shapes, states. */
const NO_WORDS =
  /^(?:props|children|null|undefined|true|false|typeof|t|left|right|start|end|open|active|disabled|variant|size|color|type|shortcut)$|icon|loading|pending|class|style|spinner/i;

function identifiersIn(source: string): readonly string[] {
  const code = source.replace(/"[^"]*"|'[^']*'|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))/g, ' ');
  return (code.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !NO_WORDS.test(name));
}

/** `const Comp = asChild ? Slot : 'button'` may be a button as well. */
function isButtonName(name: string, source: string): boolean {
  if (/^(?:motion\.)?button$|(?:Button|ActionIcon)$/.test(name)) return true;
  return (
    /^[A-Z]\w*$/.test(name) && new RegExp(`\\b${escaped(name)}\\b[^;\\n]{0,80}['"]button['"]`).test(source)
  );
}

function holdsChildren(element: JsxElement): boolean {
  return element.children.some((child) => {
    if (child.kind === 'element') return holdsChildren(child.element);
    return child.kind === 'expression' && /^\s*(?:\w+\.)?children\s*$/.test(child.source);
  });
}
