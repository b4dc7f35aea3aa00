import type { Finding, Repo } from '../../src/contract.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../src/read/markup.ts';
import { hasValue, type IsIcon, iconsOf, namesFrom, namingOf } from './names.ts';

export type Code =
  | 'unnamed-button'
  | 'title-only-button'
  | 'unlabelled-field'
  | 'mouse-only-control'
  | 'image-without-alt';

/** Worth scanning: a file without any of these holds nothing that could be found. */
const RELEVANT = /<(button|motion\.button|Button|input|select|textarea|Input|Textarea|img|Image)\b|onClick=/;
/** Components that pass everything on to an `<input>`, by the place that shadcn/ui gives them. */
const FIELD_MODULE = /(^|\/)ui\/(input|textarea)$/;
/** These carry their name in `value` or need none. */
const NAMELESS_INPUTS = new Set(['hidden', 'submit', 'reset', 'button', 'image']);
/** What a browser does not make operable by keyboard. */
const PASSIVE = /^(motion\.)?(div|span|li|p|td|tr|section|article|header|h[1-6]|svg|img|figure|ul|i|b)$/;

/** The findings of one file, in order of position. */
export function findingsIn(repo: Repo, path: string): readonly Finding<Code>[] {
  const text = repo.peek(path) ?? '';
  if (!RELEVANT.test(text)) return [];
  const elements = jsxElements(repo, path);
  const fields = new Set(namesFrom(text, FIELD_MODULE));
  const about = { isIcon: iconsOf(text), labelled: labelledIds(elements), fields };
  return elements.flatMap((element): Finding<Code>[] => {
    const code = codeOf(element, about);
    return code === undefined ? [] : [{ code, path, at: element.start, data: { element: element.name } }];
  });
}

/** What is known of the file around an element. */
interface About {
  readonly isIcon: IsIcon;
  /** The ids that some label names. */
  readonly labelled: ReadonlySet<string>;
  /** Components that are an input. */
  readonly fields: ReadonlySet<string>;
}

function codeOf(element: JsxElement, { isIcon, labelled, fields }: About): Code | undefined {
  if (fields.has(element.name)) return isUnlabelled(element, labelled) ? 'unlabelled-field' : undefined;

  switch (element.name) {
    case 'button':
    case 'motion.button':
    case 'Button':
      return buttonCode(element, isIcon);
    case 'input':
    case 'select':
    case 'textarea':
      return isUnlabelled(element, labelled) ? 'unlabelled-field' : undefined;
    case 'img':
      return attributeOf(element, 'alt') || hasSpread(element) || isHidden(element)
        ? undefined
        : 'image-without-alt';
    case 'Image':
      return isIcon('Image') || attributeOf(element, 'alt') || hasSpread(element)
        ? undefined
        : 'image-without-alt';
    default:
      return isMouseOnly(element) ? 'mouse-only-control' : undefined;
  }
}

function buttonCode(element: JsxElement, isIcon: (name: string) => boolean): Code | undefined {
  if (isHidden(element) || attributeOf(element, 'asChild')) return undefined;
  const naming = namingOf(element, isIcon);
  if (naming === 'named') return undefined;
  return naming === 'title-only' ? 'title-only-button' : 'unnamed-button';
}

/** A placeholder is no label (WCAG 2.2, technique H44 and failure F82): it is gone once something is typed. */
function isUnlabelled(element: JsxElement, labelled: ReadonlySet<string>): boolean {
  const type = attributeOf(element, 'type');
  if (type?.kind === 'text' && NAMELESS_INPUTS.has(type.value)) return false;
  if (hasSpread(element) || isHidden(element)) return false;
  if (['aria-label', 'aria-labelledby', 'title', 'label'].some((name) => hasValue(element, name)))
    return false;
  const id = idOf(element, 'id');
  return !(id !== undefined && labelled.has(id)) && !hasLabelAround(element);
}

function labelledIds(elements: readonly JsxElement[]): ReadonlySet<string> {
  return new Set(elements.flatMap((element) => idOf(element, 'htmlFor') ?? idOf(element, 'for') ?? []));
}

/** `id="x"` and `id={'x'}` are the same name; another expression is compared by its source. */
function idOf(element: JsxElement, name: string): string | undefined {
  const attribute = attributeOf(element, name);
  if (!attribute || attribute.kind === 'flag') return undefined;
  return attribute.kind === 'text' ? attribute.value : attribute.value.replace(/^(['"])(.*)\1$/, '$2');
}

function hasLabelAround(element: JsxElement): boolean {
  for (let around = element.parent; around; around = around.parent)
    if (/label$/i.test(around.name)) return true;
  return false;
}

/** WCAG 2.1.1: what a mouse can do, a keyboard can. A role without keys is a finding too, so both must be there. */
function isMouseOnly(element: JsxElement): boolean {
  if (!PASSIVE.test(element.name) || !attributeOf(element, 'onClick')) return false;
  if (hasSpread(element) || isHidden(element)) return false;
  const keys = ['onKeyDown', 'onKeyUp', 'onKeyPress'].some((name) => attributeOf(element, name));
  return !keys && !attributeOf(element, 'role');
}

function isHidden(element: JsxElement): boolean {
  const hidden = attributeOf(element, 'aria-hidden');
  return hidden !== undefined && (hidden.kind === 'flag' || hidden.value === 'true');
}
