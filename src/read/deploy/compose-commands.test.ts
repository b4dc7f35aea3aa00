import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { type ComposeCommand, composeCommands } from './compose-commands.ts';

const STACK = 'services: {}\n';

function commands(
  script: string,
  files: Readonly<Record<string, string>> = {},
  path = 'deploy.sh',
): readonly ComposeCommand[] {
  const tree = { 'infra/a.yml': STACK, 'infra/.env.production.example': 'A=1\n', ...files };
  return composeCommands(createRepo(memorySource({ ...tree, [path]: script })));
}

/** What a script does, in one line for each call. */
const said = (script: string, files?: Readonly<Record<string, string>>, path?: string) =>
  commands(script, files, path).map(
    ({ files: read, envFiles, folder, creates, isQuoted }) =>
      `${read.join('+') || '?'} env=${envFiles ?? '-'} in ${folder || '.'}${creates ? ' creates' : ''}${isQuoted ? ' elsewhere' : ''}`,
  );

describe('composeCommands', () => {
  test.each<[string, string, string[]]>([
    ['a plain call', 'docker compose -f infra/a.yml up -d\n', ['infra/a.yml env=- in infra creates']],
    ['the old program', 'sudo docker-compose --file=infra/a.yml ps\n', ['infra/a.yml env=- in infra']],
    [
      'a path in a variable, told from the script',
      'HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\nF="${HERE}/infra/a.yml"\ndocker compose -f "${F}" build\n',
      ['infra/a.yml env=- in infra creates'],
    ],
    [
      'the program in a variable',
      'if true; then\n  C="docker compose"\nelse\n  C="docker-compose"\nfi\n${C} -f infra/a.yml up -d\nX=$($C -f infra/a.yml ps)\n',
      ['infra/a.yml env=- in infra creates', 'infra/a.yml env=- in infra'],
    ],
    [
      'a function that starts and builds',
      's=infra/a.yml\nrun() { docker compose -f "$s" "$@"; }\nrun build\nrun up -d\n',
      ['infra/a.yml env=- in infra creates'],
    ],
    [
      'a function that looks only',
      'look() {\n  docker compose -f infra/a.yml "$@"\n}\nlook ps\nlook config --services\n',
      ['infra/a.yml env=- in infra'],
    ],
    [
      'options in a variable before the command',
      'docker compose -f infra/a.yml ${PROFILES} up -d\n',
      ['infra/a.yml env=- in infra creates'],
    ],
    [
      'lines carried on',
      'docker compose \\\n  --env-file infra/.env.production \\\n  -f infra/a.yml \\\n  up -d\n',
      ['infra/a.yml env=infra/.env.production in infra creates'],
    ],
    [
      'an env file in a variable',
      'E=infra/.env.production\ndocker compose --env-file="$E" -f infra/a.yml up\n',
      ['infra/a.yml env=infra/.env.production in infra creates'],
    ],
    [
      'an env file that cannot be told',
      'docker compose --env-file "$1" -f infra/a.yml up\n',
      ['infra/a.yml env=unknown in infra creates'],
    ],
    [
      'a project folder',
      'docker compose --project-directory . -f infra/a.yml up\n',
      ['infra/a.yml env=- in . creates'],
    ],
    [
      'no file named, in a folder gone to',
      'cd infra && docker compose up -d\n',
      ['infra/compose.yml env=- in infra creates'],
    ],
    [
      'a file named in the environment',
      'export COMPOSE_FILE=infra/a.yml\ndocker compose up\n',
      ['infra/a.yml env=- in infra creates'],
    ],
    [
      'env files named in the environment',
      'export COMPOSE_ENV_FILES=infra/.env.production\ndocker compose -f infra/a.yml up\n',
      ['infra/a.yml env=infra/.env.production in infra creates'],
    ],
    [
      'a path on the server',
      'docker compose -f /srv/app/infra/a.yml up -d\n',
      ['infra/a.yml env=- in infra creates'],
    ],
    [
      'another machine',
      'ssh host "cd /srv && docker compose -f infra/a.yml up -d"\n',
      ['infra/a.yml env=- in infra creates elsewhere'],
    ],
    [
      "another machine's input",
      "ssh host << 'EOF'\ncd /srv\ndocker compose -f infra/a.yml up -d\nEOF\n",
      ['infra/a.yml env=- in infra creates elsewhere'],
    ],
    [
      'what is printed, written down or a comment',
      '# docker compose up\necho "run docker compose up && docker compose ps"\ncat <<EOF\ndocker compose up\nEOF\ninfo "Logs: ${C} logs"\n',
      [],
    ],
  ])('%s', (_, script, expected) => {
    expect(said(script, { 'infra/compose.yml': STACK })).toEqual(expected);
  });

  test('files are laid over each other, and one that is not there leaves it open', () => {
    const files = { 'infra/b.yml': STACK };
    expect(commands('docker compose -f infra/a.yml -f infra/b.yml up\n', files)[0]?.files).toEqual([
      'infra/a.yml',
      'infra/b.yml',
    ]);
    expect(commands('docker compose -f infra/a.yml -f infra/gone.yml up\n')[0]?.files).toEqual([]);
  });

  test('a wrapper in a file of its own counts by what those do who read it', () => {
    const wrapper = 'stack() { docker compose -f infra/a.yml "$@"; }\n';
    const of = (script: string) => said(wrapper, { 'scripts/up.sh': script }, 'scripts/lib.sh');
    expect(of('. scripts/lib.sh\nstack up -d\n')).toEqual(['infra/a.yml env=- in infra creates']);
    expect(of('. scripts/lib.sh\nstack ps\n')).toEqual(['infra/a.yml env=- in infra']);
    expect(of('. scripts/lib.sh\nstack ps || die "first: docker stack up, then stack build"\n')).toEqual([
      'infra/a.yml env=- in infra',
    ]);
    const named = (script: string) => commands(wrapper + script)[0]?.services;
    expect(named('stack up -d web\nstack run --rm job x\n')).toEqual(['web', 'job']);
    expect(named('stack up -d web\nstack build\n')).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['up -d', []],
    ['up -d web worker', ['web', 'worker']],
    ['up --timeout 30 -d', []],
    ['build ${FLAGS}', []],
    ['run --rm certbot renew -w /var/www', ['certbot']],
    ['"$@"', []],
  ])('%s names the services', (rest, services) => {
    expect(commands(`docker compose -f infra/a.yml ${rest}\n`)[0]?.services).toEqual(services);
  });

  test('options go behind the words that name the program', () => {
    const script = 'in_stack() { docker compose -f infra/a.yml "$@"; }\n';
    const [command] = commands(script);
    expect(script.slice(command?.at, command?.options)).toBe('docker compose');
    expect(command?.fileWord).toBe('infra/a.yml');
  });

  test.each<[string, string, Record<string, string>, string[]]>([
    ['nothing', 'A=1\n', {}, []],
    ['what is exported', 'export A="1"\nB=2\nexport B\n', { A: '1', B: '2' }, []],
    [
      'everything, up to its end',
      'set -a\n. infra/.env.production\nA=1\nset +a\nB=2\n',
      { A: '1' },
      ['infra/.env.production'],
    ],
    ['what is read and not exported', 'source infra/.env.production\n', {}, []],
    [
      'what another program prints',
      "export $(grep -v '^#' infra/.env.production | xargs)\n",
      {},
      ['infra/.env.production'],
    ],
  ])('exports: %s', (_, script, values, files) => {
    const [command] = commands(`${script}docker compose -f infra/a.yml up\n`);
    expect(Object.fromEntries(command?.exports.values ?? [])).toEqual(values);
    expect(command?.exports.files.flat()).toEqual(files);
    expect(command?.exports.isUnknown).toBe(false);
  });

  test('an export that cannot be told is said to be so', () => {
    const [command] = commands('export $(vault read app)\ndocker compose -f infra/a.yml up\n');
    expect(command?.exports.isUnknown).toBe(true);
  });
});
