import type { Span } from '../contract.ts';
import { insertion } from './outcome.ts';
import { renameTag, type Tag } from './tags.ts';

/** A button that sends its form becomes a SubmitButton, which is a submit button by itself and shows that it waits. */
export function asSubmitButton(tag: Tag, pending: string): readonly Span[] {
  const type = tag.attributes.find(({ name }) => name === 'type');
  const says = `pending="${pending}"`;
  return [
    ...renameTag(tag, 'SubmitButton'),
    type ? { start: type.start, end: type.end, text: says } : insertion(tag.nameEnd, ` ${says}`),
  ];
}
