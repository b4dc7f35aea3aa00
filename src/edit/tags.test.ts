import { expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { applySpans } from './spans.ts';
import { addAttributes, tagsOf } from './tags.ts';

function added(text: string, ...attributes: readonly string[]): string {
  const [tag] = tagsOf(createRepo(memorySource({ 'a.jsx': text })).module('a.jsx'));
  return tag ? applySpans('a.jsx', text, addAttributes(text, tag, attributes)) : '';
}

test('an attribute that is there is not added again, a hyphen in its name or none', () => {
  expect(added('<i aria-hidden={!open} />;', 'aria-hidden="true"')).toBe('<i aria-hidden={!open} />;');
  expect(added('<i aria-label="a" />;', 'aria-hidden="true"')).toBe(
    '<i aria-hidden="true" aria-label="a" />;',
  );
  expect(added('<i id="a" />;', 'id="b"')).toBe('<i id="a" />;');
});

test('behind the type, on a line of its own where the others have one', () => {
  expect(added('<i type="a" b />;', 'id="c"')).toBe('<i type="a" id="c" b />;');
  expect(added('<i\n  b\n/>;', 'id="c"')).toBe('<i\n  id="c"\n  b\n/>;');
});
