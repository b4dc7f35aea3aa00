import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { aimsFix, sampleCopy, treeOf } from './cli.ts';

const copies: { dispose(): void }[] = [];

function sample(config: string): string {
  const copy = sampleCopy({ git: false });
  copies.push(copy);
  writeFileSync(join(copy.root, 'aims-fix.config.yaml'), config);
  return copy.root;
}

afterEach(() => {
  for (const copy of copies.splice(0)) copy.dispose();
});

const waiverOf = (gap: string, expires: string) =>
  `waivers:\n  - gap: ${gap}\n    reason: the host limits it\n    owner: ops@example.com\n    expires: ${expires}\n`;

test('what a person accepts is not edited, and the plan says so', () => {
  const root = sample(waiverOf('GAP-003', '2999-12-31'));
  const before = treeOf(root);
  const { code, stdout } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toContain('closed, 2 waived');
  expect(treeOf(root)).toEqual(before);
});

test('a waiver that is over lets the gap be closed', () => {
  const root = sample(waiverOf('GAP-003', '2020-12-31'));
  expect(aimsFix(root, ['plan', '--gap', 'GAP-003']).stdout).toContain('+          memory: 2G');
});

test('a configuration that broke meanwhile does not stand between a person and an undo', () => {
  const root = sample('options: {}\n');
  const before = treeOf(root);
  expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(0);
  writeFileSync(join(root, 'aims-fix.config.yaml'), 'optoins: {\n');
  expect(aimsFix(root, ['history']).code).toBe(0);
  expect(aimsFix(root, ['recover']).code).toBe(0);
  expect(aimsFix(root, ['undo']).code).toBe(0);
  writeFileSync(join(root, 'aims-fix.config.yaml'), 'options: {}\n');
  expect(treeOf(root)).toEqual(before);
});
