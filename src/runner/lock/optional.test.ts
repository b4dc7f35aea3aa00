import { expect, test } from 'vitest';
import { type NpmLock, parseNpmLock } from './npm-lock.ts';
import { withOptional } from './optional.ts';

const RANGES = {
  '@rolly/linux-x64-gnu': '4.1.0',
  '@rolly/linux-x64-musl': '4.1.0',
  '@rolly/darwin-arm64': '4.1.0',
};

function lockWith(packages: Record<string, unknown>): NpmLock {
  const lock = parseNpmLock(
    JSON.stringify({ name: 'a', lockfileVersion: 3, packages: { '': {}, ...packages } }),
  );
  if (!lock) throw new Error('no lock file');
  return lock;
}

const before = lockWith({});
const rolly = { version: '4.1.0', license: 'MIT', dev: true, optionalDependencies: RANGES };
const own = { version: '4.1.0', resolved: 'https://r/x.tgz', integrity: 'sha512-x', optional: true };

test('packages of other platforms that the registry lacks are entered by their version', () => {
  const { packages } = withOptional(
    before,
    lockWith({ 'node_modules/@rolly/linux-x64-gnu': own, 'node_modules/rolly': rolly }),
  );
  expect(packages['node_modules/@rolly/darwin-arm64']).toEqual({
    version: '4.1.0',
    cpu: ['arm64'],
    dev: true,
    license: 'MIT',
    optional: true,
    os: ['darwin'],
  });
  expect(packages['node_modules/@rolly/linux-x64-musl']).toMatchObject({
    libc: ['musl'],
    os: ['linux'],
    cpu: ['x64'],
  });
  expect(packages['node_modules/@rolly/linux-x64-gnu']).toEqual(own);
  expect(Object.keys(packages)).toEqual([...Object.keys(packages)].sort((a, b) => a.localeCompare(b, 'en')));
});

test('another version of the same package has a place of its own', () => {
  const older = { version: '3.0.0', optionalDependencies: { '@rolly/darwin-arm64': '3.0.0' } };
  const { packages } = withOptional(
    before,
    lockWith({
      'node_modules/rolly': { ...rolly, optionalDependencies: { '@rolly/darwin-arm64': '4.1.0' } },
      'node_modules/b/node_modules/rolly': older,
    }),
  );
  expect(packages['node_modules/@rolly/darwin-arm64']).toMatchObject({ version: '4.1.0' });
  expect(packages['node_modules/b/node_modules/@rolly/darwin-arm64']).toMatchObject({ version: '3.0.0' });
});

test('a complete lock file stays as it is', () => {
  const all = Object.fromEntries(Object.keys(RANGES).map((name) => [`node_modules/${name}`, own]));
  const lock = lockWith({ ...all, 'node_modules/rolly': rolly });
  expect(withOptional(before, lock)).toBe(lock);
});

test('what lacked before is not the business of this change', () => {
  const lock = lockWith({ 'node_modules/rolly': rolly });
  expect(withOptional(lock, lock)).toBe(lock);
});
