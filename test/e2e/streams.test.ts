import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWith } from '../programs.ts';
import { aimsFix, CLI, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

/** Where a result goes, and what happens when it cannot get there; and the question on a terminal. */
const sample = samples();

describe('a file that cannot be written is refused before anything else is done', () => {
  test.each([
    ['a report below a file', ['--reporter', 'json=README.md/report.json'], /README\.md\/report\.json/],
    ['a report in the place of a folder', ['--reporter', 'json=docs'], /docs/],
  ])('%s', (_name, args, said) => {
    const root = sample();
    const before = treeOf(root);
    const ran = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', ...args]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).not.toContain('bug');
    expect(treeOf(root)).toEqual(before);
  });

  test.each([['docs'], ['README.md/plan.json'], ['']])('a plan to save as "%s"', (out) => {
    const ran = aimsFix(sample(), ['plan', '--gap', 'GAP-003', '--out', out]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain('bug');
  });

  test('two reports in one file, however it is written', () => {
    const args = ['list', '--reporter', 'json=a.txt', '--reporter', 'text=./a.txt'];
    expect(aimsFix(sample(), args).code).toBe(2);
  });
});

test('a plan is saved in a folder that is made for it', () => {
  const root = sample();
  expect(aimsFix(root, ['plan', '--gap', 'GAP-003', '--out', '../new/plan.json']).code).toBe(0);
  expect(existsSync(join(root, '../new/plan.json'))).toBe(true);
});

test('a report in a file tells of the failure too, so that the one before is not taken for it', () => {
  const root = sample();
  writeFileSync(join(root, '../report.json'), '{"command":"audit"}');
  expect(aimsFix(root, ['plan', '--gap', '99', '--reporter', 'json=../report.json']).code).toBe(2);
  expect(JSON.parse(readFileSync(join(root, '../report.json'), 'utf8'))).toMatchObject({
    command: 'error',
    error: { exitCode: 2 },
  });
});

test.each([
  ['audit', '--repo', ''],
  ['audit', '--gap', ''],
  ['audit', '--config', ''],
])('an empty value is no value: %s %s "%s"', (...args) => {
  const ran = aimsFix(sample(), args);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(args[1]);
});

test('a folder that is gone is said in a line', () => {
  const root = sample();
  const script = 'mkdir gone && cd gone && rmdir ../gone && "$0" "$1" audit --json';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, CLI], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ command: 'error', error: { exitCode: 2 } });
  expect(stderr).not.toContain('    at ');
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk behind stdout is said in a line, with the code of a failure',
  () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'list'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toContain('ENOSPC');
    expect(stderr).not.toContain('    at ');
  },
);

test('the text of a plan is a patch for files with CRLF too', () => {
  const root = sample();
  const file = join(root, 'infra/docker-compose.prod.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  git(root, 'commit', '--quiet', '--all', '--message', 'crlf');
  writeFileSync(join(root, '../plan.txt'), aimsFix(root, ['plan', '--gap', 'GAP-003']).stdout);
  git(root, 'apply', '--check', '../plan.txt');
});

/** Runs a command on a terminal of its own. */
const TERMINAL = 'script';

describeWith([TERMINAL], 'the question on a terminal', () => {
  test.each([
    ['the signal to interrupt', 130, (pid: number) => void process.kill(pid, 'SIGINT')],
    ['the signal to end', 143, (pid: number) => void process.kill(pid, 'SIGTERM')],
    ['the end of the input', 4, (_pid: number, child: ChildProcess) => void child.stdin?.write('\x04')],
    ['no', 4, (_pid: number, child: ChildProcess) => void child.stdin?.write('n')],
    ['yes', 0, (_pid: number, child: ChildProcess) => void child.stdin?.write('y')],
  ])('takes %s for an answer', async (_name, code, answer) => {
    const root = sample();
    const before = treeOf(root);
    const { status, shown } = await onTerminal(root, answer);
    expect(shown.split('Write infra')[0]).not.toContain('Next:');
    expect(shown).toMatch(/Write infra\/docker-compose\.prod\.yml\?/);
    expect(status).toBe(code);
    expect(isEqual(treeOf(root), before)).toBe(code !== 0);
  });
});

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Runs `aims-fix --gap GAP-003` on a terminal that `script` makes, and answers once the question stands there. */
function onTerminal(root: string, answer: (pid: number, child: ChildProcess) => void) {
  const folder = join(root, '../terminal');
  mkdirSync(folder);
  const pidFile = join(folder, 'pid');
  const command = `stty cols 200; echo $$ > '${pidFile}'; exec '${process.execPath}' '${CLI}' --gap GAP-003`;
  writeFileSync(join(folder, 'run.sh'), command);
  const child = spawn(TERMINAL, ['--quiet', '--return', '--command', 'sh ../terminal/run.sh', '/dev/null'], {
    cwd: root,
    env: { ...process.env, CI: '', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  let isAnswered = false;
  return new Promise<{ readonly status: number | null; readonly shown: string }>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told is left out
      shown += chunk.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll(/\s*[\r\n]+\s*/g, ' ');
      if (isAnswered || !shown.includes('Write infra')) return;
      isAnswered = true;
      setTimeout(() => answer(Number(readFileSync(pidFile, 'utf8')), child), 300);
    });
    const timeout = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.on('close', (status) => {
      clearTimeout(timeout);
      resolve({ status, shown });
    });
  });
}
