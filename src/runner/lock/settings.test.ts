import { expect, test } from 'vitest';
import { managerEnvironment } from './environment.ts';
import { safeNpmrc, safeWorkspace, safeYarnrc } from './settings.ts';

test('of an .npmrc only what shapes the lock file is followed, and the addresses of scopes', () => {
  const text = `
; a comment
legacy-peer-deps=true
@acme:registry=https://npm.acme.example/
@spy:registry=http://127.0.0.1:9/\${AWS_SECRET_ACCESS_KEY}/
@user:registry=https://name:secret@npm.example/
registry=https://elsewhere.example/
//elsewhere.example/:_authToken=\${GITHUB_TOKEN}
git=\${PWD}/evil.sh
git=./evil.sh
script-shell=./evil.sh
cache=/any/folder
logs-dir=/any/folder
node-options=--require ./evil.cjs
`;
  expect(safeNpmrc(text)).toBe('legacy-peer-deps=true\n@acme:registry=https://npm.acme.example/\n');
});

test('of a .yarnrc.yml no plugin, no program and no address with a variable is followed', () => {
  const settings = {
    nodeLinker: 'node-modules',
    yarnPath: './evil.cjs',
    plugins: [{ path: './evil.cjs', spec: 'x' }],
    cacheFolder: '/any/folder',
    npmRegistryServer: 'https://elsewhere.example',
    npmScopes: {
      acme: { npmRegistryServer: 'https://npm.acme.example', npmAuthToken: 'x' },
      spy: { npmRegistryServer: 'http://127.0.0.1:9/${SECRET}' },
    },
  };
  expect(JSON.parse(safeYarnrc(settings))).toEqual({
    nodeLinker: 'node-modules',
    npmScopes: { acme: { npmRegistryServer: 'https://npm.acme.example' } },
  });
});

test('of a pnpm-workspace.yaml the packages and versions are followed', () => {
  const settings = { packages: ['apps/*'], configDependencies: { evil: '1.0.0' }, pnpmfile: './evil.cjs' };
  expect(JSON.parse(safeWorkspace(settings))).toEqual({ packages: ['apps/*'] });
});

test('a package manager gets no variable that it does not need', () => {
  const env = {
    PATH: '/bin',
    HOME: '/nowhere',
    https_proxy: 'http://proxy.example',
    npm_config_cache: '/cache',
    npm_config_git: './evil.sh',
    npm_config_workspace: 'x',
    npm_lifecycle_event: 'test',
    NODE_OPTIONS: '--require ./evil.cjs',
    AWS_SECRET_ACCESS_KEY: 'secret',
    GITHUB_TOKEN: 'secret',
  };
  const { PATH, HOME, https_proxy, npm_config_cache } = env;
  expect(managerEnvironment(env)).toMatchObject({ PATH, HOME, https_proxy, npm_config_cache });
  const names = Object.keys(managerEnvironment(env));
  for (const name of [
    'npm_config_git',
    'npm_config_workspace',
    'npm_lifecycle_event',
    'NODE_OPTIONS',
    'AWS_SECRET_ACCESS_KEY',
    'GITHUB_TOKEN',
  ])
    expect(names).not.toContain(name);
});
