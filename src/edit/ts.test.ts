import { describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import type { Spans } from './outcome.ts';
import { applySpans } from './spans.ts';
import { openTs, styleOf } from './ts-file.ts';
import { afterHooks, exportedFunctions, firstStatement } from './ts-functions.ts';
import { addImport, unusedImportSpans, type WantedImport } from './ts-imports.ts';
import { wrapChildren } from './ts-jsx.ts';
import { cutEntries, listEntryAround, stringListsIn } from './ts-lists.ts';

function after(text: string, outcome: Spans): string {
  return 'refused' in outcome ? outcome.refused : applySpans('a.tsx', text, outcome.spans);
}

describe('an import is added', () => {
  const cases: readonly (readonly [where: string, before: string, wanted: WantedImport, result: string])[] = [
    [
      'after the last one, in its quotes',
      "import a from 'a';\n\nx();\n",
      { module: 'b', default: 'B' },
      "import a from 'a';\nimport B from 'b';\n\nx();\n",
    ],
    [
      'without a semicolon where there are none',
      'import a from "a"\nx()\n',
      { module: 'b', named: ['c'] },
      'import a from "a"\nimport { c } from "b"\nx()\n',
    ],
    [
      'after a directive',
      "'use client';\n\nx();\n",
      { module: 'b', named: ['c'] },
      "'use client';\nimport { c } from 'b';\n\nx();\n",
    ],
    [
      'before the first statement of a file without any',
      '// about\nx();\n',
      { module: 'b', default: 'B' },
      "// about\nimport B from 'b';\n\nx();\n",
    ],
    [
      'joins the names of the same module',
      "import { a } from 'b';\n",
      { module: 'b', named: ['c'] },
      "import { a, c } from 'b';\n",
    ],
    [
      'joins a list of several lines',
      "import {\n  a,\n  d,\n} from 'b';\n",
      { module: 'b', named: ['c'] },
      "import {\n  a,\n  c,\n  d,\n} from 'b';\n",
    ],
    [
      'joins names that are in order where it belongs',
      "import { useId } from 'react';\n",
      { module: 'react', named: ['useState', 'useEffect'] },
      "import { useEffect, useId, useState } from 'react';\n",
    ],
    [
      'joins names in no order as the last one',
      "import { d, a } from 'b';\n",
      { module: 'b', named: ['c'] },
      "import { d, a, c } from 'b';\n",
    ],
    [
      'but not a type import',
      "import type { a } from 'b';\n",
      { module: 'b', named: ['c'] },
      "import type { a } from 'b';\nimport { c } from 'b';\n",
    ],
    [
      'nowhere when it is there',
      "import B, { c } from 'b';\n",
      { module: 'b', default: 'B', named: ['c'] },
      "import B, { c } from 'b';\n",
    ],
    [
      'nowhere when the name is taken',
      "import B from 'x';\n",
      { module: 'b', default: 'B' },
      'a.tsx: the name B is taken already',
    ],
  ];
  test.each(cases)('%s', (_where, before, wanted, result) => {
    expect(after(before, addImport('a.tsx', before, wanted))).toBe(result);
  });
});

describe('the children of an element are wrapped', () => {
  test.each([
    [
      'on their own line',
      '<body className={`a ${b}`}>\n  {children}\n</body>',
      '<body className={`a ${b}`}>\n  <P>{children}</P>\n</body>',
    ],
    ['beside others', '<body><Nav />{props.children}</body>', '<body><Nav /><P>{props.children}</P></body>'],
    ['deep inside', '<body><main>{children}</main></body>', '<body><main><P>{children}</P></main></body>'],
    ['not where there is no such element', '<main>{children}</main>', 'a.tsx renders no <body>'],
    [
      'not where they stand twice',
      '<body>{children}{children}</body>',
      'a.tsx renders {children} 2 times in <body>',
    ],
  ])('%s', (_how, before, result) => {
    const text = `export default ({ children }) => ${before};\n`;
    const expected = result.startsWith('<') ? `export default ({ children }) => ${result};\n` : result;
    expect(after(text, wrapChildren('a.tsx', text, 'body', 'P'))).toBe(expected);
  });
});

describe('a statement is put first into an exported function', () => {
  test.each([
    [
      'a declaration',
      'export async function GET() {\n  run();\n}\n',
      'export async function GET() {\n  guard();\n  run();\n}\n',
    ],
    [
      'an arrow function',
      'export const GET = async () => {\n  run();\n};\n',
      'export const GET = async () => {\n  guard();\n  run();\n};\n',
    ],
    [
      'a local function under another name',
      'function get() {\n  run();\n}\nexport { get as GET };\n',
      'function get() {\n  guard();\n  run();\n}\nexport { get as GET };\n',
    ],
    ['tabs', 'export function GET() {\n\trun();\n}\n', 'export function GET() {\n\tguard();\n\trun();\n}\n'],
    ['an empty body', 'export function GET() {\n}\n', 'export function GET() {\n  guard();\n}\n'],
    [
      'not an expression body',
      'export const GET = () => run();\n',
      'GET is not a function with a body in this file',
    ],
    [
      'not a wrapped handler',
      'export const GET = wrap(() => {});\n',
      'GET is not a function with a body in this file',
    ],
  ])('%s', (_what, text, result) => {
    const [found] = exportedFunctions(openTs('a.ts', text), new Set(['GET']));
    if (!found) throw new Error('no export');
    const outcome =
      'refused' in found
        ? found.refused
        : applySpans('a.ts', text, [firstStatement(text, found.body, ['guard();'])]);
    expect(outcome).toBe(result);
  });
});

describe('a statement is put behind the hooks of a component', () => {
  test.each([
    [
      '  const id = useId();\n\n  function a() {}\n',
      '  const id = useId();\n\n  run();\n\n  function a() {}\n',
    ],
    [
      '  const a = React.useId(); // why\n  const b = a;\n  useX();\n  return b;\n',
      '  const a = React.useId(); // why\n  const b = a;\n  useX();\n\n  run();\n\n  return b;\n',
    ],
    ['  if (x) return null;\n  useX();\n', '  run();\n\n  if (x) return null;\n  useX();\n'],
    ['  useX(); return (\n    null\n  );\n', '  run();\n\n  useX(); return (\n    null\n  );\n'],
    ['  const a = 1;\n  return a;\n', '  run();\n\n  const a = 1;\n  return a;\n'],
    ['  return null;\n', '  run();\n\n  return null;\n'],
    ['  useX();\n', '  useX();\n\n  run();\n'],
    ['', '  run();\n'],
  ])('%j', (inner, result) => {
    const text = `export default function A() {\n${inner}}\n`;
    const [found] = exportedFunctions(openTs('a.ts', text), new Set(['default']));
    if (!found || 'refused' in found) throw new Error('no export');
    const after = applySpans('a.ts', text, [afterHooks(text, found.body, ['run();'])]);
    expect(after).toBe(`export default function A() {\n${result}}\n`);
  });
});

describe('an entry leaves a list of objects with its comment and its comma', () => {
  test.each([
    [
      'in the middle',
      '[\n  { a: 1 },\n  // two\n  { a: "X" }, // why\n  { a: 3 },\n]',
      '[\n  { a: 1 },\n  { a: 3 },\n]',
    ],
    ['at the end without a comma', '[\n  { a: 1 },\n  { a: "X" }\n]', '[\n  { a: 1 },\n]'],
    ['on one line', '[{ a: 1 }, { a: "X" }, { a: 3 }]', '[{ a: 1 }, { a: 3 }]'],
    ['at the end of one line', '[{ a: 1 }, { a: "X" }]', '[{ a: 1 }]'],
    [
      'leaving the comment of a neighbour',
      '[\n  { a: 1 },\n  // one more\n\n  { a: "X" },\n]',
      '[\n  { a: 1 },\n  // one more\n\n]',
    ],
    ['with its neighbors', '[{ a: 1 }, { a: "X" }, { b: "X" }]', '[{ a: 1 }]'],
    ['with its neighbors in front', '[{ a: "X" }, { b: "X" }, { a: 3 }]', '[{ a: 3 }]'],
    [
      'with its neighbors on lines',
      '[\n  { a: "X" },\n  // two\n  { b: "X" },\n  { a: 3 },\n  { c: "X" }\n]',
      '[\n  { a: 3 },\n]',
    ],
    ['not the last one', '[{ a: "X" }]', 'undefined'],
    ['not all of them', '[{ a: "X" }, { b: "X" }]', 'undefined'],
    ['not of mixed kinds', '[1, { a: "X" }]', 'undefined'],
  ])('%s', (_where, list, result) => {
    const text = `const l = ${list};\n`;
    const file = openTs('a.ts', text);
    const entries = [...text.matchAll(/"X"/g)].flatMap(
      ({ index }) => listEntryAround(file, text, index + 1) ?? [],
    );
    const spans = entries.length === 0 ? undefined : cutEntries(text, entries);
    expect(spans ? applySpans('a.ts', text, spans).slice('const l = '.length, -2) : 'undefined').toBe(result);
  });
});

test('strings leave the lists that hold nothing else', () => {
  const text = "const a = ['X', 'Y', 'Z'];\nconst b = ['X', 1];\nconst c = [\n  'X',\n  'Y',\n];\n";
  const lists = stringListsIn(openTs('a.ts', text), text);
  expect(lists.map(({ values }) => values)).toEqual([
    ['X', 'Y', 'Z'],
    ['X', 'Y'],
  ]);
  const going = lists.flatMap(({ values, entries }) =>
    entries.filter((_entry, index) => values[index] !== 'Z').slice(-2),
  );
  const spans = cutEntries(text, going.slice(0, 3)) ?? [];
  expect(applySpans('a.ts', text, spans)).toBe(
    "const a = ['Z'];\nconst b = ['X', 1];\nconst c = [\n  'Y',\n];\n",
  );
});

test('imports that only the removed text used go with it', () => {
  const text =
    "import { a, b } from 'x';\nimport {\n  c,\n  d,\n} from 'y';\nimport e from 'z';\na(); b(); d(); c(); e();\n";
  const going = [
    { start: text.indexOf('b();'), end: text.indexOf('d();'), text: '' },
    { start: text.indexOf('c();'), end: text.indexOf('e();'), text: '' },
  ];
  const spans = [...going, ...unusedImportSpans('a.ts', text, going)];
  expect(applySpans('a.ts', text, spans)).toBe(
    "import { a } from 'x';\nimport {\n  d,\n} from 'y';\nimport e from 'z';\na(); d(); e();\n",
  );
});

test.each([
  ["import { a, b, c } from 'x';\na();\nb();\nc();\n", "import { a } from 'x';\na();\n"],
  ["import e, { a } from 'x';\na();\ne();\n", "import { a } from 'x';\na();\n"],
  ["import e, { a, b } from 'x';\na();\ne();\nb();\n", "import { a } from 'x';\na();\n"],
  ["import * as x from 'x';\nimport e from 'e';\na();\ne();\nx.y();\n", 'a();\n'],
  [
    "import e, { b } from 'x';\nimport { a } from 'a';\na();\ne(a);\nb();\n",
    "import e from 'x';\nimport { a } from 'a';\na();\ne(a);\n",
  ],
  ["import e, { a, b } from 'x';\na();\ne(a);\nb();\n", "import e, { a } from 'x';\na();\ne(a);\n"],
])('names that go together leave one list, %#', (text, result) => {
  const start = text.indexOf(result.includes('e(a)') ? 'b();' : 'a();\n') + (result.includes('e(a)') ? 0 : 5);
  const going = [{ start, end: text.length, text: '' }];
  const spans = [...going, ...unusedImportSpans('a.ts', text, going)];
  expect(applySpans('a.ts', text, spans)).toBe(result);
});

test('a file that does not parse is refused with its place', () => {
  expect(() => openTs('a.ts', 'const = 1;\n')).toThrow(SourceError);
  expect(() => openTs('a.ts', 'const = 1;\n')).toThrow(/a\.ts:1:7/);
});

test.each([
  ['import a from "a"\n', { quote: '"', semicolon: '' }],
  ['import a from \'a\';\nconst b = "b";\n', { quote: "'", semicolon: ';' }],
  ['const b = "b"; const c = "c"; const d = \'d\';\n', { quote: '"', semicolon: ';' }],
])('the style of %j is %j', (text, style) => {
  expect(styleOf(text)).toEqual(style);
});
