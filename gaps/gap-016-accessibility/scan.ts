import type { Finding, NextApp, Repo } from '../../src/contract.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../src/read/markup/markup.ts';
import { emptyPromise, isClicked, isMouseOnly } from './clicks.ts';
import { isHidden } from './hidden.ts';
import {
  buttonsOf,
  fieldsOf,
  type Imports,
  type IsIcon,
  iconsOf,
  importsIn,
  namesFrom,
  type Place,
} from './imports.ts';
import { isUnlabelled, type Labels, labelsOf } from './labels.ts';
import { namingOf } from './names.ts';

export type Code =
  | 'unnamed-button'
  | 'title-only-button'
  | 'unlabelled-field'
  | 'mouse-only-control'
  | 'role-without-keys'
  | 'image-without-alt';

/** Worth scanning: a file without any of these, or a click, holds nothing that could be found. */
const RELEVANT =
  /<(button|motion\.button|Button|IconButton|input|select|textarea|Input|Textarea|Switch|Checkbox|RadioGroupItem|Toggle\w*|img|Image|[A-Z]\w*\.?(?:Trigger|Close|Button))\b/;
const NEXT_IMAGE = /^next\/(?:legacy\/|future\/)?image$/;
/** A picture that is drawn on the server: no page, and nobody reads it. */
const DRAWN = /\bImageResponse\b/;

/** The findings of one file, in order of position. */
export function findingsIn(repo: Repo, app: NextApp, path: string): readonly Finding<Code>[] {
  const text = repo.peek(path) ?? '';
  if (!text.includes('onClick=') && !RELEVANT.test(text)) return [];
  const elements = jsxElements(repo, path);
  const about = aboutOf(text, elements, { repo, app, path });
  const findings: Finding<Code>[] = [];
  for (const element of elements) {
    const code = codeOf(element, about);
    if (code === undefined) continue;
    const data = { element: element.name, role: emptyPromise(element) ?? '' };
    findings.push({ code, path, at: element.start, data });
  }
  return findings;
}

/** What is known of the file around an element. */
interface About {
  readonly isIcon: IsIcon;
  readonly labels: Labels;
  readonly kindOf: (name: string) => Kind;
}

type Kind = 'field' | 'button' | 'image' | 'other';

function aboutOf(text: string, elements: readonly JsxElement[], place: Place): About {
  const imports = importsIn(text);
  const isIcon = iconsOf(text, imports, place);
  return { isIcon, labels: labelsOf(text, elements, isIcon, place), kindOf: kindsOf(text, imports) };
}

/** A file repeats few names in many elements, so each name is looked at once. */
function kindsOf(text: string, imports: Imports): (name: string) => Kind {
  const kinds = new Map<string, Kind>();
  const add = (kind: Kind, names: Iterable<string>) => {
    for (const name of names) kinds.set(name, kind);
  };
  const isButton = buttonsOf(imports);
  if (!text.includes('ImageResponse') || !DRAWN.test(text))
    add('image', ['img', ...namesFrom(imports, NEXT_IMAGE)]);
  add('button', ['button', 'motion.button', 'Button']);
  add('field', ['input', 'select', 'textarea', ...fieldsOf(imports)]);
  return (name) => {
    const known = kinds.get(name);
    if (known) return known;
    const kind = isButton(name) ? 'button' : 'other';
    kinds.set(name, kind);
    return kind;
  };
}

function codeOf(element: JsxElement, { isIcon, labels, kindOf }: About): Code | undefined {
  const kind = kindOf(element.name);
  if (kind === 'field') return isUnlabelled(element, labels) ? 'unlabelled-field' : undefined;
  if (kind === 'button') return buttonCode(element, isIcon);
  if (kind === 'image' && !attributeOf(element, 'alt') && !hasSpread(element) && !isHidden(element))
    return 'image-without-alt';
  if (!isClicked(element)) return undefined;
  if (emptyPromise(element) !== undefined) return 'role-without-keys';
  return isMouseOnly(element) ? 'mouse-only-control' : undefined;
}

function buttonCode(element: JsxElement, isIcon: IsIcon): Code | undefined {
  const naming = namingOf(element, isIcon);
  if (naming === 'named' || isHidden(element) || isAnother(element)) return undefined;
  return naming === 'title-only' ? 'title-only-button' : 'unnamed-button';
}

/** A button that takes the shape of its child, or of what it is told to render, is that. */
function isAnother(element: JsxElement): boolean {
  const as = attributeOf(element, 'as');
  const isFragment = as?.kind === 'expression' && /^(?:React\.)?Fragment$/.test(as.value);
  return isFragment || ['asChild', 'render'].some((name) => attributeOf(element, name));
}
