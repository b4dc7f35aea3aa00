import { describe, expect, test } from 'vitest';
import { keepRegistry } from './registry-address.ts';

const at = (registry: string, name: string, version = '1.0.0') => ({
  name,
  url: `${registry}/${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`,
});
const NPM = 'https://registry.npmjs.org';
const CORP = 'https://npm.corp.example/api/npm';
const MIRROR = 'http://127.0.0.1:4873';

function moved(
  before: readonly { name: string; url: string }[],
  added: { name: string; url: string },
  npmrc = '',
) {
  const result = keepRegistry(before, [...before, added], npmrc);
  return 'refused' in result ? result.refused : (result.moved.get(added.url) ?? added.url);
}

describe('keepRegistry', () => {
  test('moves an address of a mirror to the registry of the others', () => {
    expect(moved([at(NPM, 'a')], at(MIRROR, 'new'))).toBe(at(NPM, 'new').url);
    expect(moved([at(CORP, 'a')], at(NPM, '@s/new'))).toBe(at(CORP, '@s/new').url);
  });

  test('prefers the registry of the same scope, and else that of packages without one', () => {
    const before = [at(NPM, 'a'), at(CORP, '@corp/a'), at(CORP, '@corp/b')];
    expect(moved(before, at(MIRROR, '@corp/new'))).toBe(at(CORP, '@corp/new').url);
    expect(moved(before, at(MIRROR, 'new'))).toBe(at(NPM, 'new').url);
  });

  test('asks .npmrc where the lock file tells nothing, and takes the public registry where that tells nothing', () => {
    const npmrc = `registry = "${CORP}/"\n@x:registry=https://x.example\n`;
    expect(moved([], at(MIRROR, 'new'), npmrc)).toBe(at(CORP, 'new').url);
    expect(moved([at(NPM, 'a')], at(MIRROR, '@x/new'), npmrc)).toBe(at('https://x.example', '@x/new').url);
    expect(moved([], at(MIRROR, 'new'))).toBe(at(NPM, 'new').url);
  });

  test('leaves addresses that the lock file knows', () => {
    const before = [at(NPM, 'a'), at(CORP, 'b')];
    expect(moved(before, at(CORP, 'new'))).toBe(at(CORP, 'new').url);
  });

  test('understands an escaped scope', () => {
    const url = `${MIRROR}/@s%2fnew/-/new-1.0.0.tgz`;
    expect(moved([at(NPM, 'a')], { name: '@s/new', url })).toBe(`${NPM}/@s%2fnew/-/new-1.0.0.tgz`);
  });

  test('refuses an address that is no registry it knows', () => {
    const url = 'https://codeload.example/new.tar.gz';
    expect(moved([at(NPM, 'a')], { name: 'new', url })).toBe(
      `new comes from ${url}, which is not the registry of the lock file`,
    );
    const git = { name: 'new', url: 'git+ssh://git@github.com/x/new.git#abc' };
    expect(moved([at(NPM, 'a')], git)).toContain('new comes from git+ssh');
    expect(moved([{ name: 'b', url: 'git+ssh://git@github.com/x/b.git#1' }], git)).toBe(git.url);
  });

  test('leaves folders of the workspace alone', () => {
    expect(moved([at(NPM, 'a')], { name: 'web', url: 'packages/web' })).toBe('packages/web');
  });
});
