import { attributeOf, childElements, hasSpread, type JsxElement } from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { once } from '../../../src/repo/once.ts';
import { basename } from '../../../src/repo/paths.ts';
import { type Components, hasValue, isHost, isRendered, rendersText } from './button-names.ts';
import { isHiddenField } from './hidden.ts';
import type { Place } from './own-components.ts';

/** What a file says about the labels of its fields. */
export interface Labels {
  readonly text: string;
  /** The ids that some label names. */
  readonly ids: () => ReadonlySet<string>;
  readonly components: Components;
  /** Whether a file that uses this one labels the field with this id. */
  readonly isLabelledElsewhere: (id: string) => boolean;
}

export function labelsOf(
  text: string,
  elements: readonly JsxElement[],
  components: Components,
  { repo, app, path }: Place,
): Labels {
  const ids = once(
    () => new Set(elements.flatMap((element) => idOf(element, 'htmlFor') ?? idOf(element, 'for') ?? [])),
  );
  // A file with labels of its own labels its own fields.
  const isBare = once(() => !elements.some(({ name }) => /label$/i.test(name)));
  const isLabelledElsewhere = (id: string) =>
    isBare() &&
    /^[\w-]+$/.test(id) &&
    app.files.some((other) => {
      const source = /\.[jt]sx$/.test(other) ? (repo.peek(other) ?? '') : '';
      return source.includes(`htmlFor="${id}"`) && isImportedBy(source, path);
    });
  return { text, ids, components, isLabelledElsewhere };
}

function isImportedBy(source: string, path: string): boolean {
  const name = basename(path).replace(/\.\w+$/, '');
  return source.includes(`/${name}'`) || source.includes(`/${name}"`);
}

/** These carry their name in `value` or need none. */
const NAMELESS_INPUTS = new Set(['hidden', 'submit', 'reset', 'button', 'image']);

/** A placeholder is no label (WCAG 2.2, technique H44 and failure F82): it is gone once something is typed. */
export function isUnlabelled(element: JsxElement, labels: Labels): boolean {
  const type = attributeOf(element, 'type');
  if (type?.kind === 'text' && NAMELESS_INPUTS.has(type.value)) return false;
  if (hasNamingSpread(element) || isHiddenField(element)) return false;
  if (['aria-label', 'aria-labelledby', 'title', 'label'].some((name) => hasValue(element, name)))
    return false;
  const id = idOf(element, 'id');
  if (id !== undefined && (labels.ids().has(id) || isFromOutside(id, labels.text))) return false;
  if (id !== undefined && labels.isLabelledElsewhere(id)) return false;
  if (element.parent && isRendered(element, element.parent)) return false;
  if (!isHost(element.name) && isNamedByOwn(element, labels.components)) return false;
  // `<Checkbox>Remember me</Checkbox>`
  if (!isHost(element.name) && element.children.some((child) => rendersText(child, labels.components)))
    return false;
  return !isTied(element, labels);
}

/** The source of a component of the project says which of its props become the label. */
function isNamedByOwn(element: JsxElement, { own }: Components): boolean {
  const component = own(element.name);
  return (
    component !== undefined &&
    (component.speaks || [...component.naming].some((name) => hasValue(element, name)))
  );
}

/** What register() of react-hook-form hands over is known, and is no label. */
function hasNamingSpread(element: JsxElement): boolean {
  return (
    hasSpread(element) &&
    element.attributes.some(
      ({ kind, ...each }) =>
        kind === 'spread' && !/^(?:[\w.]+\.)?register\(/.test('value' in each ? each.value : ''),
    )
  );
}

/** `id="x"` and `id={'x'}` are the same name; another expression is compared by its source. */
function idOf(element: JsxElement, name: string): string | undefined {
  const attribute = attributeOf(element, name);
  if (!attribute || attribute.kind === 'flag') return undefined;
  return attribute.kind === 'text' ? attribute.value : attribute.value.replace(/^(['"])(.*)\1$/, '$2');
}

/** An id that a component is handed by those who use it: so may be the label that names it. */
function isFromOutside(id: string, text: string): boolean {
  if (/^props\.\w+$/.test(id)) return true;
  return /^(?:id|\w+Id)$/.test(id) && !new RegExp(`\\b(?:const|let|var)\\s+${escaped(id)}\\b`).test(text);
}

/** Wrappers that give the field in them the label in them, by context. */
const TYING =
  /^(?:FormControl|FormItem|Form\.Item|FormGroup|Form\.Group|Field|Field\.Root|TextField|SearchField|NumberField)$/;
const FROM_SHADCN = /\bFormControl\b[^'"]{0,300}['"][^'"]{0,100}\bui\/form['"]/;
const FIELD_OF_SHADCN = /\bField\b[^'"]{0,300}['"][^'"]{0,100}\bui\/field['"]/;

function isTied(element: JsxElement, { text, components }: Labels): boolean {
  const isShadcn = text.includes('FormControl') && FROM_SHADCN.test(text);
  for (let around = element.parent; around; around = around.parent) {
    if (/label$/i.test(around.name)) return true;
    // It may hand its label on to what is in it.
    if (!isHost(around.name) && (hasValue(around, 'label') || components.own(around.name)?.isLabel))
      return true;
    if (isShadcn ? isSlot(around, element) : isTying(around, text)) return true;
  }
  return false;
}

/** shadcn/ui's FormControl gives its only child the id that the label of the item names; deeper down nothing gets it. */
function isSlot(around: JsxElement, element: JsxElement): boolean {
  if (around.name !== 'FormControl' || around !== element.parent) return false;
  let item = around.parent;
  while (item && item.name !== 'FormItem') item = item.parent;
  return item === undefined || holdsLabel(item);
}

function isTying(around: JsxElement, text: string): boolean {
  if (around.name === 'Field' && FIELD_OF_SHADCN.test(text)) return false;
  return TYING.test(around.name) && holdsLabel(around);
}

function holdsLabel(element: JsxElement): boolean {
  return childElements(element).some(
    (child) => /[A-Z.]\w{0,100}Label$|^Label$/.test(child.name) || holdsLabel(child),
  );
}
