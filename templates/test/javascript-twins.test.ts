import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const twins = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name.startsWith('gap-'))
  .flatMap(({ name }) =>
    readdirSync(resolve(root, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.jsx'))
      .map((path) => `${name}/${path}`),
  );

/** Types removed, then printed: what is left to differ is code and comments. */
function withoutTypes(path: string): string {
  return ts.transpileModule(readFileSync(resolve(root, path), 'utf8'), {
    fileName: path,
    compilerOptions: {
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

describe('a template for JavaScript is its TypeScript twin without the types', () => {
  test('there are some', () => expect(twins.length).toBeGreaterThan(0));

  test.each(twins)('%s', (path) => {
    const typed = path.replace(/\.jsx$/, '.tsx');
    expect(existsSync(resolve(root, typed)), typed).toBe(true);
    expect(withoutTypes(path)).toBe(withoutTypes(typed));
  });
});
