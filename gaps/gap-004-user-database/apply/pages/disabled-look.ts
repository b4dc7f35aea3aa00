import type { Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { staticClass, type Tag } from '../../../../src/edit/tags.ts';

/** The look of a button that cannot be pressed, where its class names are plain and give it none yet. */
export function disabledLook(text: string, tag: Tag, look: string): readonly Span[] {
  const own = staticClass(text, tag);
  return own && !/(^|[\s:])disabled:/.test(own.value) ? [insertion(own.end, ` ${look}`)] : [];
}

/** A button that cannot be pressed does not answer the pointer: `hover:` becomes `enabled:hover:`. */
export function quietHover(text: string, tag: Tag): readonly Span[] {
  const own = staticClass(text, tag);
  if (!own) return [];
  const start = own.end - own.value.length;
  if (text.slice(start, own.end) !== own.value) return [];
  const hovers = [...own.value.matchAll(/(?<=^|[\s:])(?<!enabled:)hover:/g)];
  return hovers.map(({ index }) => insertion(start + index, 'enabled:'));
}
