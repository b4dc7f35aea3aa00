import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { roomOf } from './rooms.ts';

/** What only the edge may touch: gaps and the pure rooms see no disk, process, clock or network. */
const PURE_ROOMS = ['gaps', 'src/read', 'src/edit'];
const IMPURE =
  /from 'node:(?!path|util)|\bprocess\.(?!env\b)|\bDate\.now|new Date\(|Math\.random|\bconsole\./;

const files = ['src', 'gaps'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path))
    .filter(
      (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/\/(fixtures|testing)\//.test(path),
    ),
);

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) =>
    posix.join(posix.dirname(path), specifier ?? ''),
  );
}

describe('the house', () => {
  test('has a room for every file', () => {
    expect(files.filter((path) => roomOf(path) === undefined)).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });

  test('imports one way', () => {
    const wrong = files.flatMap((path) =>
      importsOf(path)
        .filter((target) => roomOf(target) !== roomOf(path))
        .filter((target) => !roomOf(path)?.mayImport.some((room) => isUnder(room, target)))
        .map((target) => `${path} may not import ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('imports in no circle, types included', () => {
    expect(circles(new Map(files.map((path) => [path, importsOf(path)])))).toEqual([]);
  });

  test('keeps one gap out of another', () => {
    const wrong = files
      .filter((path) => path.startsWith('gaps/gap-'))
      .flatMap((path) =>
        importsOf(path)
          .filter(
            (target) =>
              target.startsWith('gaps/') && !target.startsWith(path.split('/').slice(0, 2).join('/')),
          )
          .map((target) => `${path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('knows no gap by its id under src/', () => {
    const naming = files
      .filter((path) => path.startsWith('src/'))
      .filter((path) => /GAP-\d{3}/.test(codeOf(path)));
    expect(naming).toEqual([]);
  });

  test('keeps effects out of gaps and of the rooms they use', () => {
    const impure = files
      .filter((path) => PURE_ROOMS.some((room) => path.startsWith(`${room}/`)))
      .filter((path) => IMPURE.test(codeOf(path)));
    expect(impure).toEqual([]);
  });

  test('exits the process nowhere but in bin/', () => {
    expect(files.filter((path) => /process\.exit\b|process\.exitCode/.test(codeOf(path)))).toEqual([]);
  });

  test('has files that a person can hold in mind', () => {
    const long = files.map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length }));
    expect(long.filter(({ lines, path }) => lines > 250 && path !== 'gaps/registry.ts')).toEqual([]);
  });
});

/** Code without comments: a doc comment may show an example. */
function codeOf(path: string): string {
  return readFileSync(join(path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function isUnder(room: string, path: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

/** The circles of a graph of imports, each told once, from its first file on. */
function circles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) {
      const circle = way.slice(start);
      const first = circle.indexOf([...circle].sort()[0] ?? '');
      found.add([...circle.slice(first), ...circle.slice(0, first)].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...found].sort();
}
