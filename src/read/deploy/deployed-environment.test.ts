import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { type DeployedService, deployedServices } from './deployed-environment.ts';

const APP = {
  'web/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'web/app/page.tsx': 'export default function Page() { return null; }',
};
const STACK = 'infra/docker-compose.prod.yml';
const SERVICE = 'services:\n  web:\n    build: ../web\n';
const EXAMPLE = { 'infra/.env.production.example': 'SECRET=change-me\nURL=https://example.com\nKEY=\n' };

type Tree = Readonly<Record<string, string>>;

function services(files: Tree, filled?: Tree): readonly DeployedService[] {
  const repo = createRepo(memorySource({ ...APP, ...files }));
  const [app] = repo.layout.apps;
  if (app === undefined) throw new Error('the tree holds no app');
  return filled === undefined
    ? deployedServices(repo, app)
    : deployedServices(repo, app, new Map(Object.entries(filled)));
}

/** The first service with these lines, deployed by this script. */
function deployed(lines: readonly string[], script: string, files: Tree = EXAMPLE, filled?: Tree) {
  const stack = SERVICE + lines.map((line) => `    ${line}\n`).join('');
  const [service] = services({ ...files, [STACK]: stack, 'deploy.sh': script }, filled);
  if (service === undefined) throw new Error('nothing is deployed');
  return service;
}

const UP = `docker compose -f ${STACK} up -d\n`;
const WITH_FILE = `docker compose --env-file infra/.env.production -f ${STACK} up -d\n`;
const ENV_FILE = 'env_file: [.env.production]';

describe('what a variable is', () => {
  test.each<[string, string[], string, object]>([
    ['from the env file', [ENV_FILE], UP, { kind: 'value', value: 'change-me' }],
    [
      'from an env file as one word',
      ['env_file: .env.production'],
      UP,
      { kind: 'value', value: 'change-me' },
    ],
    [
      'from an env file as a map',
      ['env_file:', '  - path: .env.production', '    required: false'],
      UP,
      { kind: 'value', value: 'change-me' },
    ],
    ['nowhere', [], UP, {}],
    ['a literal', ['environment:', '  SECRET: fixed'], UP, { kind: 'literal', value: 'fixed' }],
    [
      'a literal over the env file',
      [ENV_FILE, 'environment: ["SECRET=fixed"]'],
      UP,
      { kind: 'literal', value: 'fixed' },
    ],
    [
      'a blank over the env file',
      [ENV_FILE, 'environment:', '  - SECRET=${SECRET}'],
      UP,
      { kind: 'blank', value: '', names: ['SECRET'], path: STACK },
    ],
    ['a blank in a map', ['environment:', '  SECRET: $SECRET'], UP, { kind: 'blank', names: ['SECRET'] }],
    [
      'a default over the env file',
      [ENV_FILE, 'environment:', '  SECRET: ${SECRET:-weak}'],
      UP,
      { kind: 'literal', value: 'weak' },
    ],
    ['an empty default', ['environment:', '  SECRET: ${SECRET:-}'], UP, { kind: 'blank', names: ['SECRET'] }],
    ['an empty literal', ['environment: ["SECRET="]'], UP, { kind: 'literal', value: '' }],
    ['handed on and not set, over the env file', [ENV_FILE, 'environment: [SECRET]'], UP, { kind: 'unset' }],
    [
      'filled in from the file that the script names',
      ['environment:', '  SECRET: ${SECRET}'],
      WITH_FILE,
      { kind: 'value', value: 'change-me' },
    ],
    [
      'handed on from the file that the script names',
      ['environment: [SECRET]'],
      WITH_FILE,
      { kind: 'value', value: 'change-me' },
    ],
    [
      'filled in into something longer',
      ['environment:', '  SECRET: "s3://u:${SECRET}@h"'],
      WITH_FILE,
      { kind: 'value', value: 's3://u:change-me@h' },
    ],
    [
      'exported by the script',
      ['environment:', '  SECRET: ${SECRET}'],
      `export SECRET=told\n${WITH_FILE}`,
      { kind: 'value', value: 'told' },
    ],
    [
      'read and exported by the script',
      ['environment:', '  SECRET: ${SECRET}'],
      `set -a\n. infra/.env.production\nset +a\n${UP}`,
      { kind: 'value', value: 'change-me' },
    ],
    [
      'exported in a way that cannot be told',
      ['environment:', '  SECRET: ${SECRET}'],
      `export $(vault read app)\n${UP}`,
      { kind: 'unknown' },
    ],
    [
      'in an env file that cannot be told',
      ['environment:', '  SECRET: ${SECRET}'],
      `docker compose --env-file "$1" -f ${STACK} up\n`,
      { kind: 'unknown' },
    ],
    [
      'in a file .env that the script writes',
      ['environment:', '  SECRET: ${SECRET}'],
      `cp infra/.env.production infra/.env\n${UP}`,
      { kind: 'unknown' },
    ],
    ['a dollar sign', ['environment:', '  SECRET: pa$$word'], UP, { kind: 'literal', value: 'pa$word' }],
  ])('%s', (_, lines, script, expected) => {
    const { variables } = deployed(lines, script);
    expect(variables.get('SECRET') ?? {}).toMatchObject(expected);
  });

  test('an example of .env beside the first Compose file tells what is filled in', () => {
    const lines = ['environment:', '  A: ${A}', '  SECRET: ${SECRET}'];
    const { variables } = deployed(lines, UP, { ...EXAMPLE, 'infra/.env.example': 'A=1\n' });
    expect(variables.get('A')).toMatchObject({ kind: 'value', value: '1', from: 'infra/.env.example' });
    expect(variables.get('SECRET')).toMatchObject({ kind: 'blank' });
  });

  test('a blank names its line', () => {
    const { variables } = deployed(['environment:', '  - A=1', '  - SECRET=${SECRET}'], UP);
    const answer = variables.get('SECRET');
    const text = `${SERVICE}    environment:\n      - A=1\n      - `;
    expect(answer?.kind === 'blank' && answer.at).toBe(text.length);
  });

  test('build arguments are filled in the same way', () => {
    const stack =
      'services:\n  web:\n    build:\n      context: ../web\n      args:\n        URL: ${URL:-}\n';
    const tree = { ...EXAMPLE, [STACK]: stack };
    const of = (script: string) => services({ ...tree, 'deploy.sh': script })[0]?.arguments.get('URL');
    expect(of(UP)).toMatchObject({ kind: 'blank', names: ['URL'] });
    expect(of(WITH_FILE)).toMatchObject({ kind: 'value', value: 'https://example.com' });
  });

  test('a file laid over another wins', () => {
    const over = 'services:\n  web:\n    environment:\n      SECRET: over\n';
    const script = `docker compose -f ${STACK} -f infra/docker-compose.over.yml up -d\n`;
    const files = { ...EXAMPLE, 'infra/docker-compose.over.yml': over };
    expect(deployed(['environment:', '  SECRET: under'], script, files).variables.get('SECRET')).toEqual({
      kind: 'literal',
      value: 'over',
    });
  });

  test('each way to deploy it is one answer; calls about other services are none', () => {
    const tree = { ...EXAMPLE, [STACK]: SERVICE, 'deploy.sh': `${UP}docker compose -f ${STACK} build web\n` };
    expect(services(tree).map(({ commands }) => commands.length)).toEqual([2]);
    expect(services({ ...tree, 'again.sh': WITH_FILE })).toHaveLength(2);
    const other = `docker compose --env-file infra/other.env -f ${STACK} run --rm certbot renew\n`;
    expect(services({ ...tree, 'certs.sh': other })).toHaveLength(1);
  });

  test('without a script nothing that is not written down is known', () => {
    const stack = `${SERVICE}    environment:\n      SECRET: \${SECRET}\n      A: "1"\n`;
    const [service] = services({ ...EXAMPLE, [STACK]: stack });
    expect(service?.variables.get('SECRET')).toMatchObject({ kind: 'unknown' });
    expect(service?.variables.get('A')).toEqual({ kind: 'literal', value: '1' });
  });
});

describe("a server's own values", () => {
  const lines = [ENV_FILE, 'environment:', '  SECRET: ${SECRET}', '  TOKEN: ${TOKEN}'];
  const filled = { SECRET: 's', KEY: 'k', TOKEN: 't', NOWHERE: 'n' };

  test('stand where the example names them; what no file names is in the shell', () => {
    const { variables } = deployed(lines, UP, EXAMPLE, filled);
    const values = Object.fromEntries([...variables].map(([name, answer]) => [name, answer]));
    expect(values).toMatchObject({
      SECRET: { kind: 'blank', value: '' },
      KEY: { kind: 'value', value: 'k' },
      URL: { kind: 'value', value: 'https://example.com' },
      TOKEN: { kind: 'value', value: 't' },
    });
    expect(variables.has('NOWHERE')).toBe(false);
  });

  test('reach the service once the script names the file', () => {
    expect(deployed(lines, WITH_FILE, EXAMPLE, filled).variables.get('SECRET')).toMatchObject({
      kind: 'value',
      value: 's',
    });
  });

  test('are all in an env file that nothing documents', () => {
    expect(deployed([ENV_FILE], UP, {}, filled).variables.get('NOWHERE')).toMatchObject({ value: 'n' });
  });
});
