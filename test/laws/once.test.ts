import { expect, test, vi } from 'vitest';
import { registry } from '../../gaps/registry.ts';
import { loadGaps } from '../../src/registry.ts';
import { lazy } from '../../src/repo/lazy.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { diskSource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';

test('however many gaps look, a file is read once and parsed at most once per parser', async () => {
  const reads = new Map<string, number>();
  const source = diskSource('test/fixtures/aims');
  const repo = createRepo({
    ...source,
    read: (path) => {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      return source.read(path);
    },
  });
  const oxc = lazy.oxc();
  const parseSync = vi.fn(oxc.parseSync);
  const load = vi.spyOn(lazy, 'oxc').mockReturnValue({ ...oxc, parseSync });
  const gaps = await loadGaps(registry);
  for (const gap of [...gaps, ...gaps]) auditGap(gap, repo);
  expect([...reads].filter(([, times]) => times > 1)).toEqual([]);
  const texts = parseSync.mock.calls.map(([, text]) => text);
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  load.mockRestore();
  const first = { ...repo.counts };
  for (const gap of gaps) auditGap(gap, repo);
  expect(repo.counts).toEqual(first);
  expect(first.parses).toBeLessThan(first.reads * 2);
});
