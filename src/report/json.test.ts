import { describe, expect, it } from 'vitest';
import { renderJson } from './json.ts';
import { documents, failure } from './testing/documents.ts';
import { withTexts } from './testing/hostile.ts';

describe('renderJson', () => {
  it('prints one document that reads back as it was', () => {
    for (const document of documents) expect(JSON.parse(renderJson(document))).toEqual(document);
  });
  it('ends with a line break and holds no character that a terminal obeys', () => {
    const text = '\x1b[2J\x07\x9b31m\u202eevil\u2028\ufeff\r\0\x7f';
    for (const document of documents) {
      const hostile = withTexts(document, () => text);
      const printed = renderJson(hostile);
      expect(printed.endsWith('}\n')).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
      expect(printed).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\ufeff]/);
      expect(JSON.parse(printed)).toEqual(hostile);
    }
  });
  it('keeps text of every language readable', () => {
    expect(renderJson(withTexts(failure, () => 'grün 日本 😀'))).toContain('"grün 日本 😀"');
  });
});
