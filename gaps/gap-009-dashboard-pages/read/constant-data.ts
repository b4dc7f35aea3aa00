import type { Repo, SourceModule } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { BRINGS_DATA, CHOICES, NAMING_FIELD, NO_FIGURES } from '../tables.ts';
import { constantOf } from './constants.ts';
import { usesOf } from './module-names.ts';

/** Constants that a file shows as if they were data. */
export interface ConstantData {
  readonly path: string;
  readonly at: number;
  readonly names: string;
}

/** One of them. */
export interface ListedConstant {
  readonly at: number;
  readonly name: string;
}

const ARRAY = /^(?:export\s+)?const\s+(\w+)\s*(?::[^=\n]{1,500})?=\s*\[\s*\{/gm;

/** Arrays of records that a page goes through; choices and decoration are none. */
export function listedConstants(code: string): readonly ListedConstant[] {
  return [...code.matchAll(ARRAY)]
    .filter(([, name = '']) => !CHOICES.test(name) && isListed(name, code))
    .map(({ index, 1: name = '' }) => ({ name, at: index }));
}

/** Whether people choose among them, and they say no more than what each is called. */
export function isChosenFrom(module: SourceModule, name: string): boolean {
  const constant = constantOf(module, name);
  if (!constant?.fields.every((field) => NAMING_FIELD.test(field))) return false;
  return usesOf(module, name).every(({ at, nodes }) => {
    const call = nodes.findLast(({ type }) => type === 'CallExpression');
    const text = call ? module.text.slice(at, call.end) : '';
    return !text.startsWith(`${name}.map(`) || /\bon(?:Click|Change|Select)=|<option\b/.test(text);
  });
}

const LISTS = /\s*\.(?:map|filter|find|slice)\(/y;

/** Whether an array is gone through. A pattern with its name would have to be compiled for each array. */
function isListed(name: string, code: string): boolean {
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1)) {
    LISTS.lastIndex = at + name.length;
    if (LISTS.test(code) && !/\w/.test(code[at - 1] ?? '')) return true;
  }
  return false;
}

/** Figures written into one of these files and handed to a chart or a table there. */
export function chartedConstants(repo: Repo, files: readonly string[]): readonly ConstantData[] {
  return files.flatMap((path) => {
    if (!/\.[jt]sx$/.test(path) || !repo.mentions(path, 'data={')) return [];
    const code = withoutComments(repo, path);
    if (BRINGS_DATA.test(code)) return [];
    const found = [...code.matchAll(/\bdata=\{(\w+)\}/g)].flatMap(([, name = '']) => {
      const figures = new RegExp(
        `^(?:export\\s+)?const ${escaped(name)}\\b[^=\\n]{0,300}=\\s*\\[\\s*\\{[^\\]]{0,2000}?:\\s*-?\\d`,
        'm',
      );
      const at = code.search(figures);
      return at === -1 || NO_FIGURES.test(name) ? [] : [{ name, at }];
    });
    const [first] = found;
    const names = [...new Set(found.map(({ name }) => name))].join(', ');
    return first ? [{ path, at: first.at, names }] : [];
  });
}
