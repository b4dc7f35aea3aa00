import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import { addPackage, addScript, setJsonValue } from './json.ts';
import type { Spans } from './outcome.ts';
import { applySpans } from './spans.ts';

function applied(text: string, result: Spans): string {
  if ('refused' in result) throw new Error(result.refused);
  return applySpans('package.json', text, result.spans);
}

const set = (text: string, keys: readonly [string, ...string[]], value: Parameters<typeof setJsonValue>[3]) =>
  applied(text, setJsonValue('package.json', text, keys, value));

const manifest = `{
  "name": "app",
  "scripts": {
    "dev": "next dev",
    "build": "next build"
  },
  "dependencies": {
    "@a/b": "1",
    "next": "14.0.4",
    "zod": "^3"
  }
}
`;

describe('addPackage', () => {
  const add = (text: string, name: string, section: 'dependencies' | 'devDependencies' = 'dependencies') =>
    applied(text, addPackage('package.json', text, section, { name, range: '^1' }));

  test('puts one line where the order asks for it', () => {
    expect(add(manifest, 'ioredis')).toBe(manifest.replace('    "next"', '    "ioredis": "^1",\n    "next"'));
    expect(add(manifest, '@a/a')).toBe(manifest.replace('    "@a/b"', '    "@a/a": "^1",\n    "@a/b"'));
    expect(add(manifest, 'zustand')).toBe(manifest.replace('"^3"\n', '"^3",\n    "zustand": "^1"\n'));
  });

  test('appends where the packages are in no order', () => {
    const text = '{\n  "dependencies": {\n    "b": "1",\n    "a": "1"\n  }\n}\n';
    expect(add(text, 'aa')).toBe(text.replace('"a": "1"\n', '"a": "1",\n    "aa": "^1"\n'));
  });

  test('sorts even beside a single package', () => {
    const text = '{\n  "dependencies": {\n    "b": "1"\n  }\n}\n';
    expect(add(text, 'a')).toBe(text.replace('    "b"', '    "a": "^1",\n    "b"'));
  });

  test('creates the section after its nearest neighbour', () => {
    const text = manifest.replace('\n}\n', ',\n  "overrides": {}\n}\n');
    expect(add(text, 'vitest', 'devDependencies')).toBe(
      text.replace('  "overrides"', '  "devDependencies": {\n    "vitest": "^1"\n  },\n  "overrides"'),
    );
  });

  test('fills an empty section', () => {
    expect(add('{"dependencies":{}}', 'a')).toBe('{"dependencies":{"a":"^1"}}');
    expect(add('{\n\t"dependencies": {}\n}\n', 'a')).toBe('{\n\t"dependencies": {\n\t\t"a": "^1"\n\t}\n}\n');
  });

  test('refuses another range unless it may be replaced', () => {
    const refused = addPackage('p.json', manifest, 'dependencies', { name: 'zod', range: '^4' });
    expect(refused).toEqual({ refused: 'p.json: dependencies.zod is set already, to another value' });
    const replaced = addPackage('p.json', manifest, 'dependencies', {
      name: 'zod',
      range: '^4',
      replace: true,
    });
    expect(applied(manifest, replaced)).toBe(manifest.replace('"^3"', '"^4"'));
  });
});

describe('addScript', () => {
  test('appends beside scripts that are in no order', () => {
    const text = addScript('package.json', manifest, 'test', 'vitest run');
    expect(applied(manifest, text)).toBe(
      manifest.replace('"next build"\n', '"next build",\n    "test": "vitest run"\n'),
    );
  });

  test('has nothing to do for an equal script, and refuses another one', () => {
    expect(addScript('p.json', manifest, 'dev', 'next dev')).toEqual({ spans: [] });
    expect(addScript('p.json', manifest, 'dev', 'vite')).toHaveProperty('refused');
  });

  test('refuses scripts that are no object', () => {
    expect(addScript('p.json', '{"scripts": []}', 'a', 'b')).toEqual({
      refused: 'p.json: scripts is not an object',
    });
    expect(addScript('p.json', '[]', 'a', 'b')).toEqual({ refused: 'p.json: the file is not an object' });
  });
});

describe('setJsonValue', () => {
  test.each([
    ['a file without a final newline', '{\n  "a": 1\n}', '{\n  "a": 1,\n  "k": true\n}'],
    [
      'four spaces',
      '{\n    "a": {\n        "b": 1\n    }\n}\n',
      '{\n    "a": {\n        "b": 1\n    },\n    "k": true\n}\n',
    ],
    ['one line', '{ "b": 1, "a": 2 }', '{ "b": 1, "a": 2, "k": true }'],
    ['one line without spaces', '{"b":1,"a":2}', '{"b":1,"a":2,"k":true}'],
    [
      'an order that puts it first',
      '{\n  "x": 1,\n  "y": 2\n}\n',
      '{\n  "k": true,\n  "x": 1,\n  "y": 2\n}\n',
    ],
    ['an order on one line that puts it first', '{ "x": 1, "y": 2 }', '{ "k": true, "x": 1, "y": 2 }'],
    ['an empty file of two braces', '{}\n', '{\n  "k": true\n}\n'],
    [
      'a comment after the last value',
      '{\n  "b": 1,\n  "a": 2 // two, of "b"\n}\n',
      '{\n  "b": 1,\n  "a": 2, // two, of "b"\n  "k": true\n}\n',
    ],
    [
      'a comment after a comma',
      '{\n  "a": 1, // one\n  // next\n  "z": 2\n}\n',
      '{\n  "a": 1, // one\n  "k": true,\n  // next\n  "z": 2\n}\n',
    ],
    ['a trailing comma', '{\n  "b": 1,\n  "a": 2,\n}\n', '{\n  "b": 1,\n  "a": 2,\n  "k": true,\n}\n'],
    ['a comment in an empty object', '{\n  // nothing yet\n}\n', '{\n  "k": true\n  // nothing yet\n}\n'],
  ])('keeps %s', (_, text, expected) => {
    expect(set(text, ['k'], true)).toBe(expected);
  });

  test('creates the objects on the way, in the indentation of the file', () => {
    expect(set('{\n\t"b": 1,\n\t"a": 2\n}\n', ['x', 'y', 'z'], ['v'])).toBe(
      '{\n\t"b": 1,\n\t"a": 2,\n\t"x": {\n\t\t"y": {\n\t\t\t"z": [\n\t\t\t\t"v"\n\t\t\t]\n\t\t}\n\t}\n}\n',
    );
  });

  test('compares by value, whatever the layout', () => {
    expect(setJsonValue('t.json', '{ "a": { "b": [1,\n2] } }', ['a'], { b: [1, 2] })).toEqual({ spans: [] });
  });

  test('of a key that stands twice, changes the one that counts', () => {
    const result = setJsonValue('t.json', '{ "a": 1, "a": 2 }', ['a'], 3, { replace: true });
    expect(applied('{ "a": 1, "a": 2 }', result)).toBe('{ "a": 1, "a": 3 }');
  });

  test('throws on text that is not JSON, with its position', () => {
    expect(() => setJsonValue('t.json', '{\n  "a": \n}', ['k'], 1)).toThrow(SourceError);
    expect(() => setJsonValue('t.json', '{\n  "a": \n}', ['k'], 1)).toThrow('t.json:3:1');
  });

  test('adds exactly one value to any object, in any layout, and a second time nothing', () => {
    const layout = fc.constantFrom(undefined, 2, 4, '\t');
    const object = fc.dictionary(fc.stringMatching(/^[a-z@/]{1,6}$/), fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(
        object,
        layout,
        fc.stringMatching(/^[a-z@/]{1,6}$/),
        fc.jsonValue(),
        (before, space, key, value) => {
          fc.pre(!(key in before));
          const text = JSON.stringify(before, null, space);
          const after = set(text, [key], JSON.parse(JSON.stringify(value)));
          expect(JSON.parse(after)).toEqual({
            ...JSON.parse(JSON.stringify(before)),
            [key]: JSON.parse(JSON.stringify(value)),
          });
          expect(setJsonValue('t.json', after, [key], JSON.parse(JSON.stringify(value)))).toEqual({
            spans: [],
          });
        },
      ),
    );
  });

  test('keeps the comments of a commented file', () => {
    const text = '{ // a\n  /* b */ "x": 1, /* c */ // d\n  // e\n  "y": { /* f */ } // g\n}\n// h\n';
    for (const keys of [['a'], ['z'], ['y', 'q'], ['xx']] as const) {
      const after = set(text, keys, 1);
      expect(after.match(/\/\*.*?\*\/|\/\/.*/g)).toEqual(text.match(/\/\*.*?\*\/|\/\/.*/g));
      expect(keys.reduce<unknown>((value, key) => Object(value)[key], parse(after))).toBe(1);
    }
  });
});
