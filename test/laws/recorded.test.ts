import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../gaps/registry.ts';
import { loadGaps } from '../../src/registry.ts';

/**
 * What the cases of a gap recorded beside its tests: every code that it may report is in it, and nothing that no
 * case asks for is kept.
 */
const gaps = await loadGaps(registry);
const folders = readdirSync('gaps').filter((name) => name.startsWith('gap-'));

describe.each(folders)('%s', (folder) => {
  const fixtures = join('gaps', folder, 'fixtures');
  const files = readdirSync(fixtures);
  const recorded = files
    .filter((file) => file.endsWith('.findings.txt'))
    .map((file) => readFileSync(join(fixtures, file), 'utf8'))
    .join('\n');

  test('a case produces every code', () => {
    const gap = gaps.find(({ meta }) => folder.startsWith(meta.id.toLowerCase()));
    const produced = new Set([...recorded.matchAll(/^(?:find|note) (\S+) /gm)].map(([, code]) => code));
    expect(Object.keys(gap?.meta.messages ?? {}).filter((code) => !produced.has(code))).toEqual([]);
  });

  test('every expected diff belongs to a case', () => {
    const slugs = new Set([...recorded.matchAll(/^# (.*)$/gm)].map(([, name = '']) => slugOf(name)));
    const orphans = files.filter((file) => file.endsWith('.diff') && !slugs.has(file.slice(0, -5)));
    expect(orphans).toEqual([]);
  });

  test('every record belongs to a test file', () => {
    const records = files.filter((file) => file.endsWith('.findings.txt'));
    const tests = new Set(readdirSync(join('gaps', folder)).filter((file) => file.endsWith('.test.ts')));
    expect(records.filter((file) => !tests.has(file.replace('.findings.txt', '.test.ts')))).toEqual([]);
  });
});

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
