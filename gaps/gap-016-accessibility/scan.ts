import type { Finding, NextApp, Repo } from '../../src/contract.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../src/read/markup.ts';
import { emptyPromise, isMouseOnly } from './clicks.ts';
import { isHidden } from './hidden.ts';
import { buttonsOf, fieldsOf, type IsIcon, iconsOf, importsIn, namesFrom, type Place } from './imports.ts';
import { isUnlabelled, type Labels, labelsOf } from './labels.ts';
import { namingOf } from './names.ts';

export type Code =
  | 'unnamed-button'
  | 'title-only-button'
  | 'unlabelled-field'
  | 'mouse-only-control'
  | 'role-without-keys'
  | 'image-without-alt';

const FIELDS = new Set(['input', 'select', 'textarea']);
const BUTTONS = new Set(['button', 'motion.button', 'Button']);

/** Worth scanning: a file without any of these holds nothing that could be found. */
const RELEVANT =
  /<(button|motion\.button|Button|IconButton|input|select|textarea|Input|Textarea|Switch|Checkbox|RadioGroupItem|Toggle\w*|img|Image|[A-Z]\w*\.?(?:Trigger|Close|Button))\b|onClick=/;
const NEXT_IMAGE = /^next\/(?:legacy\/|future\/)?image$/;
/** A picture that is drawn on the server: no page, and nobody reads it. */
const DRAWN = /\bImageResponse\b/;

/** The findings of one file, in order of position. */
export function findingsIn(repo: Repo, app: NextApp, path: string): readonly Finding<Code>[] {
  const text = repo.peek(path) ?? '';
  if (!RELEVANT.test(text)) return [];
  const elements = jsxElements(repo, path);
  const about = aboutOf(text, elements, { repo, app, path });
  return elements.flatMap((element): Finding<Code>[] => {
    const code = codeOf(element, about);
    if (code === undefined) return [];
    const data = { element: element.name, role: emptyPromise(element) ?? '' };
    return [{ code, path, at: element.start, data }];
  });
}

/** What is known of the file around an element. */
interface About {
  readonly isIcon: IsIcon;
  readonly labels: Labels;
  readonly isButton: (name: string) => boolean;
  /** Components that are an input. */
  readonly fields: ReadonlySet<string>;
  /** The local names of next/image. */
  readonly images: ReadonlySet<string>;
}

function aboutOf(text: string, elements: readonly JsxElement[], place: Place): About {
  const imports = importsIn(text);
  const isIcon = iconsOf(text, imports, place);
  return {
    isIcon,
    labels: labelsOf(text, elements, isIcon, place),
    isButton: buttonsOf(imports),
    fields: fieldsOf(imports),
    images: new Set(DRAWN.test(text) ? [] : ['img', ...namesFrom(imports, NEXT_IMAGE)]),
  };
}

function codeOf(element: JsxElement, { isIcon, labels, isButton, fields, images }: About): Code | undefined {
  const { name } = element;
  if (FIELDS.has(name) || fields.has(name))
    return isUnlabelled(element, labels) ? 'unlabelled-field' : undefined;
  if (BUTTONS.has(name) || isButton(name)) return buttonCode(element, isIcon);
  if (images.has(name) && !attributeOf(element, 'alt') && !hasSpread(element) && !isHidden(element))
    return 'image-without-alt';
  if (emptyPromise(element) !== undefined) return 'role-without-keys';
  return isMouseOnly(element) ? 'mouse-only-control' : undefined;
}

function buttonCode(element: JsxElement, isIcon: IsIcon): Code | undefined {
  if (isHidden(element) || isAnother(element)) return undefined;
  const naming = namingOf(element, isIcon);
  if (naming === 'named') return undefined;
  return naming === 'title-only' ? 'title-only-button' : 'unnamed-button';
}

/** A button that takes the shape of its child, or of what it is told to render, is that. */
function isAnother(element: JsxElement): boolean {
  const as = attributeOf(element, 'as');
  const isFragment = as?.kind === 'expression' && /^(?:React\.)?Fragment$/.test(as.value);
  return isFragment || ['asChild', 'render'].some((name) => attributeOf(element, name));
}
