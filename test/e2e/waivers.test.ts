import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aimsFix, treeOf } from './cli.ts';
import { samples } from './samples.ts';

const sample = samples();

function configured(config: string): string {
  const root = sample({ git: false });
  writeFileSync(join(root, 'aims-fix.config.yaml'), config);
  return root;
}

const waiverOf = (gap: string, expires: string) =>
  `waivers:\n  - gap: ${gap}\n    reason: the host limits it\n    owner: ops@example.com\n    expires: ${expires}\n`;

test('what a person accepts is not edited, and the plan says so', () => {
  const root = configured(waiverOf('GAP-003', '2999-12-31'));
  const before = treeOf(root);
  const { code, stdout } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toContain('waived, 2 findings');
  expect(treeOf(root)).toEqual(before);
});

test.each([
  ['with the call of it accepted too, nothing is left to do', 2, 0],
  ['the call of it stays open until somebody decides', 1, 1],
])(
  'one accepted debug route stays, byte for byte, with the page that calls it; the others go: %s',
  (_what, accepted, code) => {
    const root = configured('options: {}\n');
    const { gaps } = JSON.parse(aimsFix(root, ['audit', '--gap', 'GAP-001', '--json']).stdout);
    const route = 'frontend/app/api/test/e2b/route.ts';
    const own = gaps[0].findings.filter(({ message }: { message: string }) =>
      message.includes('/api/test/e2b'),
    );
    expect(own.map(({ path }: { path: string }) => path)).toEqual([
      route,
      'frontend/app/integrations/page.tsx',
    ]);
    const waivers = own
      .slice(0, accepted)
      .map(({ fingerprint }: { fingerprint: string }) =>
        `${waiverOf('GAP-001', '2999-12-31')}    fingerprint: ${fingerprint}\n`.replace('waivers:\n', ''),
      );
    writeFileSync(join(root, 'aims-fix.config.yaml'), `waivers:\n${waivers.join('')}`);
    const before = treeOf(root);
    expect(aimsFix(root, ['apply', '--gap', 'GAP-001', '--yes']).code).toBe(code);
    const after = treeOf(root);
    expect(after[route]).toBe(before[route]);
    expect(after['frontend/app/api/test/groq/route.ts']).toBeUndefined();
    const page = readFileSync(join(root, 'frontend/app/integrations/page.tsx'), 'utf8');
    expect(page).toContain('/api/test/e2b');
    expect(page).not.toContain('/api/test/groq');
  },
);

test('a waiver that is over lets the gap be closed', () => {
  const root = configured(waiverOf('GAP-003', '2020-12-31'));
  expect(aimsFix(root, ['plan', '--gap', 'GAP-003']).stdout).toContain('+          memory: 2G');
});

test('a configuration that broke meanwhile does not stand between a person and an undo', () => {
  const root = configured('options: {}\n');
  const before = treeOf(root);
  expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(0);
  writeFileSync(join(root, 'aims-fix.config.yaml'), 'optoins: {\n');
  expect(aimsFix(root, ['history']).code).toBe(0);
  expect(aimsFix(root, ['recover']).code).toBe(0);
  expect(aimsFix(root, ['undo']).code).toBe(0);
  writeFileSync(join(root, 'aims-fix.config.yaml'), 'options: {}\n');
  expect(treeOf(root)).toEqual(before);
});
