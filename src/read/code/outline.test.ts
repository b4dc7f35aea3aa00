import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { moduleAround } from './outline.ts';

const BODY = `{ ${'work("}");\n'.repeat(3000)} }`;

function around(text: string, words: readonly string[] = []) {
  const repo = createRepo(memorySource({ 'a.ts': text }));
  const offsets = words.map((word) => text.indexOf(word));
  return { module: moduleAround(repo, 'a.ts', offsets), parses: repo.counts.parses };
}

function statementsOf(text: string): readonly string[] | undefined {
  const { module } = around(text);
  return module?.program.body.map(({ type, start, end }) => `${type} ${start} ${end}`);
}

/** What the parser says of the text itself. */
function wholeStatementsOf(text: string): readonly string[] {
  const repo = createRepo(memorySource({ 'a.ts': text }));
  return repo.module('a.ts').program.body.map(({ type, start, end }) => `${type} ${start} ${end}`);
}

describe('moduleAround', () => {
  test.each([
    `import { a } from 'a';\nexport const b = async () => ${BODY};\nexport { a };\nb();\n`,
    `function f(text: string) ${BODY}\nif (a) ${BODY} else ${BODY}\nf('{');\n`,
    `class A { // {\n  b() ${BODY}\n}\nnew A();\n`,
    `const a = { b: \`{ \${c(\`f\`)}\`, d() ${BODY} }\ne()\n`,
    `function f(): void ${BODY}\n`,
  ])('leaves every statement where it is (%#)', (text) => {
    expect(statementsOf(text)).toEqual(wholeStatementsOf(text));
    expect(around(text).parses).toBe(1);
  });

  test('parses once, however often it is asked', () => {
    const repo = createRepo(memorySource({ 'a.ts': `const a = () => ${BODY};\n` }));
    for (const at of [0, 6, 10]) moduleAround(repo, 'a.ts', [at]);
    expect(repo.counts.parses).toBe(1);
  });

  test('leaves out what functions do', () => {
    const { module } = around(`app.get('/', () => ${BODY});\n`);
    expect(JSON.stringify(module?.program)).not.toContain('work');
  });

  test('parses all of it where something is asked that stands in a function', () => {
    const text = `const a = 1;\nconst b = () => ${BODY};\nfunction c() { here(); }\n`;
    expect(JSON.stringify(around(text, ['a ', 'b ']).module?.program)).not.toContain('here');
    expect(JSON.stringify(around(text, ['a ', 'here']).module?.program)).toContain('here');
  });

  test.each(['const open = /{/;', 'const open = `${c(`{`)}`;'])(
    'parses all of it where braces do not pair: %s',
    (open) => {
      const text = `${open}\nconst b = () => ${BODY};\n`;
      expect(JSON.stringify(around(text).module?.program)).toContain('work');
      expect(statementsOf(text)).toEqual(wholeStatementsOf(text));
    },
  );

  test('parses all of what is short', () => {
    expect(JSON.stringify(around('const a = () => { b(); };\n').module?.program)).toContain('"b"');
  });

  test('answers nothing for what does not parse, and for what is not there', () => {
    expect(around(`const = () => ${BODY};\n`).module).toBeUndefined();
    expect(moduleAround(createRepo(memorySource({})), 'a.ts', [])).toBeUndefined();
  });
});
