import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, CLI, treeOf } from './cli.ts';
import { samples } from './samples.ts';

// What a shell, a service manager or a container hands over: no home, no temporary folder, another clock, another umask.

const sample = samples();
const APPLY = ['apply', '--priority', 'P0', '--yes'];

function underUmask(umask: string, root: string, args: readonly string[]): number | null {
  const command = `umask ${umask} && exec "$0" "$@"`;
  return spawnSync('sh', ['-c', command, process.execPath, CLI, ...args], { cwd: root, stdio: 'ignore' })
    .status;
}

describe.each([
  ['no HOME', { HOME: undefined }],
  ['a HOME that is not there', { HOME: '/nowhere' }],
  ['a TMPDIR that is not there', { TMPDIR: '/nowhere' }],
  ['the C locale', { LANG: 'C', LC_ALL: 'C' }],
  ['no PATH', { PATH: '' }],
])('with %s', (_, env) => {
  test('an audit says the same', () => {
    const root = sample({ git: false });
    expect(aimsFix(root, ['audit', '--json'], env)).toEqual(aimsFix(root, ['audit', '--json']));
  });

  test('apply writes the same, and undo takes it back', () => {
    const [root, other] = [sample({ git: false }), sample({ git: false })];
    const before = treeOf(root);
    expect(aimsFix(other, APPLY).code).toBe(0);
    expect(aimsFix(root, APPLY, env).code).toBe(0);
    expect(treeOf(root)).toEqual(treeOf(other));
    expect(aimsFix(root, ['undo'], env).code).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });
});

describe.each(['000', '077', '027'])('under umask %s', (umask) => {
  test('files keep their modes, new ones get what git gives, and undo takes all back', () => {
    const root = sample({ git: false });
    const before = treeOf(root);
    const compose = join(root, 'infra/docker-compose.prod.yml');
    const mode = statSync(compose).mode;
    expect(underUmask(umask, root, APPLY)).toBe(0);
    expect(statSync(compose).mode).toBe(mode);
    expect(statSync(join(root, 'frontend/app/error.tsx')).mode & 0o777).toBe(0o644);
    expect(underUmask(umask, root, ['undo'])).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });
});

test.each(['Pacific/Kiritimati', 'Etc/GMT+12'])(
  'in %s a waiver expires on the day that it has in UTC',
  (zone) => {
    const root = sample({ git: false });
    const command = ['audit', '--json'];
    expect(aimsFix(root, command, { TZ: zone })).toEqual(aimsFix(root, command, { TZ: 'UTC' }));
  },
);
