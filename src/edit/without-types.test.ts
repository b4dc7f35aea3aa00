import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { withoutTypes } from './without-types.ts';

const FOLDER = 'templates/gap-002-error-boundaries/frontend';
const templates = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.tsx'),
);

/** What the compiler prints: what is left to differ is code and comments. */
function printed(path: string, text: string): string {
  return ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

test('there are templates', () => expect(templates.length).toBeGreaterThan(4));

test.each(templates)('%s without its types is what the compiler makes of it', (path) => {
  const typed = readFileSync(`${FOLDER}/${path}`, 'utf8');
  const plain = withoutTypes(path, typed);
  expect(plain).not.toMatch(/: Props|\btype \w+ =|import type|CSSProperties/);
  expect(plain).not.toMatch(/\n\n\n/);
  expect(printed('a.jsx', plain)).toBe(printed('a.tsx', typed));
});

test('what templates may hold goes, and nothing else', () => {
  const typed =
    "import type { A } from 'a';\nimport b from 'b';\n\ninterface P {\n  a: A;\n}\n\n// Kept.\nconst c = b<A>(1 as number) satisfies P;\nexport function d({ a }: P, e: string): A {\n  return [a, e, c];\n}\n";
  expect(withoutTypes('a.ts', typed)).toBe(
    "import b from 'b';\n\n// Kept.\nconst c = b(1);\nexport function d({ a }, e) {\n  return [a, e, c];\n}\n",
  );
});

test('what it does not know stays no JavaScript, and is refused', () => {
  expect(() => withoutTypes('a.ts', 'export enum A { B }\n')).toThrow('a.jsx');
});
