import { describe, expect, test, vi } from 'vitest';
import { SourceError } from '../../errors.ts';
import { lazy } from '../lazy.ts';
import { createRepo } from '../repo.ts';
import { memorySource } from '../source.ts';
import { readCode } from './code.ts';
import { Shelf } from './shelf.ts';

const TEXT = `import { a } from './a'; // one
export const b = () => <p>{a}</p>;
const c = () => import('./c');
`;

describe('one parse of a file', () => {
  test('tells comments, imports, exports, elements and the tree', () => {
    const oxc = lazy.oxc();
    const parseSync = vi.fn(oxc.parseSync);
    const load = vi.spyOn(lazy, 'oxc').mockReturnValue({ ...oxc, parseSync });
    const repo = createRepo(memorySource({ 'a.tsx': TEXT }));
    const code = repo.code('a.tsx');
    expect(code.comments.map(({ value }) => value)).toEqual([' one']);
    expect(code.withoutComments).toBe(TEXT.replace('// one', '      '));
    expect(code.imports.map(({ moduleRequest }) => moduleRequest.value)).toEqual(['./a']);
    expect(code.lateImports.map(({ moduleRequest: { start, end } }) => TEXT.slice(start, end))).toEqual([
      "'./c'",
    ]);
    expect(code.exports).toHaveLength(1);
    expect(code.elements.map(({ name }) => name)).toEqual(['p']);
    expect(code.program.body).toHaveLength(3);
    expect(repo.module('a.tsx')).toBe(code);
    createRepo(memorySource({ 'b.tsx': TEXT })).code('b.tsx');
    expect(parseSync).toHaveBeenCalledTimes(1);
    load.mockRestore();
  });

  test('leaves out what annotates types, and keeps decorators', () => {
    const text = 'export const a: string = b;\n@Throttle() class C { @Get() all() {} }\n';
    const read = (end: number) => readCode('a.ts', text.slice(0, end));
    const plain = read(text.indexOf('@'));
    expect(JSON.stringify(plain.program)).not.toContain('TSTypeAnnotation');
    expect(JSON.stringify(plain.typedProgram)).toContain('TSTypeAnnotation');
    expect(JSON.stringify(read(text.length).program).match(/"Decorator"/g)).toHaveLength(2);
  });

  test('of a file with a mistake tells what stands before it, and no element', () => {
    const repo = createRepo(memorySource({ 'a.tsx': `${TEXT}const = <b />; // two\n` }));
    const code = repo.code('a.tsx');
    expect(code.failure).toBeInstanceOf(SourceError);
    expect(code.failure?.message).toBe('a.tsx:4:7: Unexpected token');
    expect(code.imports).toHaveLength(1);
    expect(code.comments).toHaveLength(1);
    expect(code.elements).toEqual([]);
    expect(() => repo.module('a.tsx')).toThrow('a.tsx:4:7');
  });

  test.each(['('.repeat(20_000), `/* a */ ${'\\'.repeat(60_000)}`])(
    'of a file that the parser cannot take tells nothing',
    (text) => {
      const code = readCode('a.ts', text);
      expect(code.failure?.message).toMatch(/^a\.ts: (is nested too deeply|has lines that are too long)/);
      expect([code.imports, code.comments, code.elements, code.program.body]).toEqual([[], [], [], []]);
      expect(code.withoutComments).toBe(text);
    },
  );

  test('throws for a file that cannot be read', () => {
    expect(() => createRepo(memorySource({})).code('a.ts')).toThrow(SourceError);
  });
});

test('a shelf lets go of what was used longest ago', () => {
  const released: string[] = [];
  const item = (name: string) => ({ release: () => void released.push(name) });
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(item);
  const shelf = new Shelf(10);
  for (const each of [a, b, a, c]) if (each) shelf.put(each, 4);
  expect(released).toEqual(['b']);
  if (d) shelf.put(d, 40);
  expect(released).toEqual(['b', 'a', 'c']);
});
