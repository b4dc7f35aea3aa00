import { insertion } from '../../../src/edit/outcome.ts';
import { addAttributes, type Tag } from '../../../src/edit/tags.ts';
import type { JsxElement } from '../../../src/read/markup/markup.ts';
import { attributeOf } from '../../../src/read/markup/markup.ts';
import { descendants, labelBeside } from './captions.ts';
import { type ComponentBody, componentBodyAt } from './component-body.ts';
import { fieldName } from './field-name.ts';
import { trimmed } from './field-words.ts';
import type { FileToMend } from './file.ts';
import type { Left, Mend } from './mend.ts';
import { labelAttribute } from './naming.ts';
import { textOf } from './sibling-text.ts';
import { wordsIn } from './words.ts';

/** Ties a field to its label, or names it by what else the code says. */
export function mendField(file: FileToMend, field: JsxElement): Mend | Left {
  const tag = file.tagAt(field.start);
  if (!tag) return { left: 'no element' };
  if (!file.takesLabel(field)) return { left: '' };
  const label = labelBeside(field, file.isField);
  const tied = label && file.takesLabel(label) ? tie(file, field, tag, label) : undefined;
  if (tied) return tied;
  const words = label && trimmed(textOf(label) ?? '');
  const name =
    words !== undefined && words !== ''
      ? ({ kind: 'words', words } as const)
      : fieldName(field, file.isField, file.speech);
  if (name.kind === 'unsettled') return { left: name.suggestion ?? '' };
  return { spans: addAttributes(file.text, tag, [labelAttribute(name, file.quote)]) };
}

/** The label names the id of its field, which is made up where there is none. */
function tie(file: FileToMend, field: JsxElement, tag: Tag, label: JsxElement): Mend | undefined {
  const labelTag = file.tagAt(label.start);
  if (!labelTag || labelTag.hasSpread) return undefined;
  const own = attributeOf(field, 'id');
  if (own && own.kind !== 'flag') {
    const value = own.kind === 'text' ? `"${own.value}"` : `{${own.value}}`;
    return { spans: [insertion(labelTag.nameEnd, ` htmlFor=${value}`)] };
  }
  const id = newId(file, field, label);
  if (id === undefined) return undefined;
  const value = id.body && !/^"/.test(id.value) ? `{${id.value}}` : id.value;
  return {
    spans: [
      insertion(labelTag.nameEnd, ` htmlFor=${value}`),
      ...addAttributes(file.text, tag, [`id=${value}`]),
    ],
    ...(id.body ? { hook: { body: id.body.start, line: file.idLine }, needs: ['useId'] } : {}),
  };
}

interface NewId {
  readonly value: string;
  readonly body: ComponentBody | undefined;
}

/** An id that is one of a kind on its page: React makes it up for each time that the component is rendered. */
function newId(file: FileToMend, field: JsxElement, label: JsxElement): NewId | undefined {
  const body = componentBodyAt(file.module, field.start);
  if (!body || !file.hasUseId) return undefined;
  const name = nameFor(label, field);
  const key = body.isRepeated ? keyAround(file, field, body) : '';
  if (key === undefined) return undefined;
  // No hook runs in a component that waits on the server, of which each page has one.
  if (body.isAsync) return key === '' && name !== '' ? { value: `"${name}"`, body: undefined } : undefined;
  const isAlone = key === '' && file.countTied(body.start) < 2;
  if (isAlone) return { value: file.idName, body };
  return name === '' && key === ''
    ? undefined
    : { value: `\`\${${file.idName}}${name && `-${name}`}${key && `-\${${key}}`}\``, body };
}

/** The first words of the label that are written out, or what the field is called in code. */
function nameFor(label: JsxElement, field: JsxElement): string {
  const value = attributeOf(field, 'value');
  const coded = attributeOf(field, 'name') ?? value;
  const shown = [label, ...descendants(label)].flatMap(({ children }) =>
    children.flatMap((child) => (child.kind === 'text' ? [child.text] : [])),
  );
  const fallback =
    coded && coded.kind !== 'flag' ? wordsIn(coded.value.split('.').at(-1) ?? '').join(' ') : '';
  const words = /[a-z]/i.test(shown.join('')) ? shown.join(' ') : fallback;
  return words
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .split('-')
    .slice(0, 3)
    .join('-');
}

/** The key of the element of a list in which a field stands: with it the ids of a list differ. */
function keyAround(_file: FileToMend, field: JsxElement, body: ComponentBody): string | undefined {
  for (
    let around: JsxElement | undefined = field;
    around && around.start > body.start;
    around = around.parent
  ) {
    const key = attributeOf(around, 'key');
    if (key?.kind === 'expression' && /^[\w.]+$/.test(key.value)) return key.value;
  }
  return undefined;
}
