import {
  attributeOf,
  childElements,
  type JsxAttribute,
  type JsxElement,
} from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { captionOf, type FieldKind } from './captions.ts';
import { TYPES } from './field-names.ts';
import { nameInCode, nameInPlaceholder, trimmed } from './field-words.ts';
import type { Name } from './naming.ts';

/** What an app is known to say. */
export interface Speech {
  /** Whether it speaks English: words that no text of it says may be written. */
  readonly isEnglish: () => boolean;
  /** The default of a property of the component in the file. */
  readonly defaultOf: (name: string) => string | undefined;
}

/**
 * What a field is called that no label is tied to: by the words beside it, by its placeholder, by what it chooses from;
 * in English by its name in code and its type, too.
 */
export function fieldName(field: JsxElement, isField: FieldKind, speech: Speech): Name {
  const caption = captionOf(field, isField);
  const placeholder = placeholderName(field, speech);
  if (caption !== undefined && !isAsking(field, placeholder)) return { kind: 'words', words: caption };
  if (placeholder) return placeholder;
  const option = firstOption(field);
  if (option !== undefined) return { kind: 'words', words: option };
  const coded = codedName(field);
  if (coded === undefined) return { kind: 'unsettled', suggestion: undefined };
  return speech.isEnglish() ? { kind: 'words', words: coded } : { kind: 'unsettled', suggestion: coded };
}

/** What tells people what to do says more than what stands beside it. */
function isAsking(field: JsxElement, name: Name | undefined): boolean {
  return (
    name?.kind === 'words' && /^(?:search|filter|ask|message|type)\b/i.test(placeholderText(field) ?? '')
  );
}

function placeholderText(field: JsxElement): string | undefined {
  const placeholder = attributeOf(field, 'placeholder');
  if (placeholder?.kind === 'text') return placeholder.value;
  if (placeholder?.kind !== 'expression') return undefined;
  return /^'([^'\\]*)'$|^"([^"\\]*)"$/
    .exec(placeholder.value)
    ?.slice(1)
    .find((each) => each !== undefined);
}

function placeholderName(field: JsxElement, { defaultOf }: Speech): Name | undefined {
  const text = placeholderText(field);
  if (text !== undefined) return wordsOf(nameInPlaceholder(text));
  const placeholder = attributeOf(field, 'placeholder');
  if (placeholder?.kind !== 'expression') return undefined;
  const { value } = placeholder;
  // What the component says where nobody tells it otherwise tells what kind of words it is given.
  const fallback = /^\w+$/.test(value) ? defaultOf(value) : undefined;
  if (fallback !== undefined && nameInPlaceholder(fallback) !== undefined)
    return { kind: 'expression', source: value };
  return isTranslatedName(value) ? { kind: 'expression', source: value } : undefined;
}

function wordsOf(words: string | undefined): Name | undefined {
  return words === undefined ? undefined : { kind: 'words', words };
}

/** `t('search.placeholder')`, where the key says that it is no example. */
function isTranslatedName(source: string): boolean {
  const key = /^(?:i18n\.)?\w{1,20}\(\s*['"]([\w.:-]{1,100})['"]\s*\)$/.exec(source)?.[1];
  return (
    key !== undefined &&
    /search|message|filter|ask|type|enter|write/i.test(key) &&
    !/example|sample/i.test(key)
  );
}

/** `<option value="">Select a country</option>` */
function firstOption(field: JsxElement): string | undefined {
  if (field.name !== 'select') return undefined;
  const [option] = childElements(field);
  const value = option && attributeOf(option, 'value');
  const [text] = option?.children ?? [];
  if (option?.name !== 'option' || text?.kind !== 'text' || value?.kind !== 'text') return undefined;
  const words = trimmed(text.text);
  if (!/^(?:|all|none|default|any)$/.test(value.value)) return undefined;
  return /^(?:select|choose|pick) /i.test(words) ? words : nameInCodeWords(words);
}

function nameInCodeWords(words: string): string | undefined {
  return /^(?:all|any)\b/i.test(words) ? undefined : nameInPlaceholder(words);
}

/** By its name in the form, by the state that it shows and sets, by its type. */
function codedName(field: JsxElement): string | undefined {
  const type = attributeOf(field, 'type');
  if (type?.kind === 'text' && /^(?:checkbox|radio|file|range)$/.test(type.value)) return undefined;
  for (const name of [
    textIn(attributeOf(field, 'name')),
    textIn(attributeOf(field, 'id')),
    registered(field),
    stateOf(field),
  ]) {
    const words = name === undefined ? undefined : nameInCode(name);
    if (words !== undefined) return words;
  }
  return type?.kind === 'text' ? TYPES[type.value] : undefined;
}

function textIn(attribute: JsxAttribute | undefined): string | undefined {
  return attribute?.kind === 'text' ? attribute.value : undefined;
}

/** `{...register('firstName')}` */
function registered({ attributes }: JsxElement): string | undefined {
  for (const each of attributes) {
    const name = each.kind === 'spread' ? /register\(\s*['"](\w{1,60})['"]/.exec(each.value)?.[1] : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `value={language}` with `setLanguage` in its handler: both have to name it. */
function stateOf(field: JsxElement): string | undefined {
  const value = attributeOf(field, 'value');
  const change = attributeOf(field, 'onChange') ?? attributeOf(field, 'onValueChange');
  if (value?.kind !== 'expression' || change?.kind !== 'expression') return undefined;
  const [, last] = /^(?:\w+\??\.)*(\w+)$/.exec(value.value) ?? [];
  if (last === undefined) return undefined;
  const setter = `set${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  const isSet =
    change.value.includes(setter) ||
    new RegExp(`\\b${escaped(last)}: `).test(change.value) ||
    change.value.includes(`'${last}'`);
  return isSet ? last : undefined;
}
