import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import gap from './index.ts';

/** The components that other gaps write, as one app. */
function written(): Record<string, string> {
  const folders = readdirSync('templates').filter((name) => /^gap-\d/.test(name));
  const files = folders.flatMap((folder) => {
    const root = join('templates', folder, 'frontend');
    return listed(root).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  });
  return { 'package.json': '{ "dependencies": { "next": "14.0.4" } }', ...Object.fromEntries(files) };
}

function listed(root: string): readonly string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'));
  } catch {
    return [];
  }
}

test('nothing that aims-fix writes has a finding', () => {
  const files = written();
  expect(Object.keys(files).length).toBeGreaterThan(20);
  const { audit } = auditGap(gap, createRepo(memorySource(files)));
  expect(audit.findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
});

test('a field without a label in one of them would be found', () => {
  const files = { ...written(), 'components/Bare.tsx': 'export const Bare = () => <input />;\n' };
  const { audit } = auditGap(gap, createRepo(memorySource(files)));
  expect(audit.findings.map(({ path }) => path)).toEqual(['components/Bare.tsx']);
});
