import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Imports point one way (design 3). Each room may import from the rooms named here and from itself; a row that
 * has to grow is a decision, made in the open.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  gaps: [
    'src/contract.ts',
    'src/world.ts',
    'src/errors.ts',
    'src/edit',
    'src/read',
    'src/repo/once.ts',
    'src/repo/paths.ts',
    'src/repo/record.ts',
    'src/repo/templates.ts',
    'src/registry.ts',
  ],
  'src/contract.ts': ['src/contract', 'src/repo'],
  'src/contract': ['src/repo', 'src/world.ts'],
  'src/world.ts': [],
  'src/errors.ts': [],
  'src/words': ['src/repo/lazy.ts'],
  'src/registry.ts': ['src/contract.ts'],
  'src/repo': ['src/errors.ts'],
  'src/read': ['src/contract.ts', 'src/errors.ts', 'src/repo'],
  'src/edit': ['src/contract.ts', 'src/errors.ts', 'src/read', 'src/repo'],
  'src/runbook': ['src/contract.ts', 'src/errors.ts', 'src/repo'],
  'src/transaction': ['src/errors.ts'],
  'src/runner': [
    'src/contract.ts',
    'src/errors.ts',
    'src/registry.ts',
    'src/repo',
    'src/errors.ts',
    'src/edit',
    'src/transaction',
    'src/words',
  ],
  'src/proof': [
    'src/contract.ts',
    'src/errors.ts',
    'src/world.ts',
    'src/read',
    'src/repo',
    'src/runner/lock',
    'src/runner/results.ts',
    'src/words',
  ],
  'src/report': [
    'src/contract.ts',
    'src/errors.ts',
    'src/runner/results.ts',
    'src/runner/audit.ts',
    'src/runner/waivers.ts',
    'src/words',
    'src/repo/lazy.ts',
  ],
  'src/cli': [
    'src/contract.ts',
    'src/errors.ts',
    'src/registry.ts',
    'src/repo',
    'src/runner',
    'src/runbook',
    'src/proof',
    'src/report',
    'src/transaction',
    'src/words',
    'gaps/registry.ts',
    'gaps/order.ts',
  ],
};

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

function roomOf(path: string): string {
  return (
    Object.keys(MAY_IMPORT).find((room) => path === room || path.startsWith(`${room}/`)) ??
    `no room for ${path}`
  );
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) =>
    posix.join(posix.dirname(path), specifier ?? ''),
  );
}

describe('the house', () => {
  test('has a room for every file', () => {
    expect(files.map(roomOf).filter((room) => room.startsWith('no room'))).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });

  test('imports one way', () => {
    const wrong = files.flatMap((path) =>
      importsOf(path)
        .filter((target) => roomOf(target) !== roomOf(path))
        .filter(
          (target) =>
            !MAY_IMPORT[roomOf(path)]?.some((room) => target === room || target.startsWith(`${room}/`)),
        )
        .map((target) => `${path} may not import ${target}`),
    );
    expect(wrong).toEqual([]);
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
