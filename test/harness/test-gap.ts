import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Gap, OptionsSchema } from '../../src/contract.ts';
import { lawsOf, saidOf } from './laws.ts';
import { mutantsOf } from './mutants.ts';
import type { Tree } from './trees.ts';

/** What a case expects. Exactly one of open, closed, notApplicable and unknown stands in it. */
export interface GapCase {
  /** Name of a folder under fixtures/, or an inline tree. */
  readonly fixture?: string;
  readonly files?: Tree;
  /** The codes found, in order, notes excluded. */
  readonly open?: readonly string[];
  readonly closed?: true;
  readonly notApplicable?: true;
  readonly unknown?: true;
  /** The codes of the notes, in order. */
  readonly notes?: readonly string[];
  /** Options for apply. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The gap stays open after apply, with steps for a person. */
  readonly manual?: true;
  /** File modes of an inline tree, where not 0o644. */
  readonly modes?: Readonly<Record<string, number>>;
}

/** A case with its tree read. */
export interface LoadedCase extends GapCase {
  readonly name: string;
  readonly tree: Tree;
  /** Where the expected diff stands. */
  readonly diffPath: string;
}

/**
 * The laws of a gap, tested on every case. A gap's own test file is this one call.
 * @param testUrl import.meta.url of the test, beside the gap's fixtures folder
 */
export function testGap<Code extends string, Options extends OptionsSchema>(
  gap: Gap<Code, Options>,
  testUrl: string,
  cases: Readonly<Record<string, GapCase>>,
): void {
  const folder = dirname(fileURLToPath(testUrl));
  const plain = gap as unknown as Gap;
  describe(gap.meta.id, () => {
    for (const law of lawsOf(plain).once) test(law.title, () => law.holds());
    for (const [name, gapCase] of Object.entries(cases)) {
      const loaded = loadCase(name, gapCase, join(folder, 'fixtures'));
      describe(name, () => {
        for (const law of lawsOf(plain).perCase(loaded)) test(law.title, async () => law.holds());
      });
    }
    test('no two cases are the same', () => expectDistinct(cases));
    const all = Object.entries(cases).map(([name, each]) => loadCase(name, each, join(folder, 'fixtures')));
    // A gap's further test files hold cases of one part only.
    if (testUrl.endsWith('/gap.test.ts'))
      for (const law of lawsOf(plain).overAll(all)) test(law.title, async () => law.holds());
    const said = (judged: Gap) => saidOf(judged, all);
    const file = basename(fileURLToPath(testUrl)).replace(/\.test\.ts$/, '.findings.txt');
    test('says of every case exactly what was reviewed', async () => {
      await expect(said(plain)).toMatchFileSnapshot(join(folder, 'fixtures', file));
    });
    test.each(mutantsOf(plain))('another $what would be noticed', ({ mutant, shows }) => {
      const text = said(plain);
      expect(said(mutant) !== text || !shows.test(text)).toBe(true);
    });
  });
}

function loadCase(name: string, gapCase: GapCase, fixtures: string): LoadedCase {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const tree = gapCase.files ?? readTree(join(fixtures, gapCase.fixture ?? slug));
  return { ...gapCase, name, tree, diffPath: join(fixtures, `${slug}.diff`) };
}

function readTree(folder: string): Tree {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
}

function expectDistinct(cases: Readonly<Record<string, GapCase>>): void {
  const seen = Object.values(cases).map(({ fixture, files, options }) =>
    JSON.stringify([fixture, files, options]),
  );
  expect(new Set(seen).size, 'two cases have the same tree and options').toBe(seen.length);
}
