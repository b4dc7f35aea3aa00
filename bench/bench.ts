import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { growSample } from './grow.ts';

/**
 * Compares, in one run on one tree, the audit with its floor and with knip, and `--help` with bare Node. Runs are
 * interleaved and the median counts, so that a slow moment of the machine hits all alike. Ratios are what to read.
 * With `-- DIR FRONTEND` it measures a repository of yours instead of the grown sample: its root, and the folder in it
 * that knip is run in.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
/** More would be a list of trifles. */
const SHOWN = 8;
const cli = resolve('bin/aims-fix.js');
const scratch = mkdtempSync(join(tmpdir(), 'aims-fix-bench-'));

interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

interface Measured {
  readonly milliseconds: number;
  readonly mebibytes: number;
}

try {
  const [own, frontend = 'frontend'] = process.argv.slice(2);
  const tree = own === undefined ? join(scratch, 'one') : resolve(own);
  const large = join(scratch, 'ten');
  if (own === undefined) {
    growSample('test/fixtures/aims', tree);
    growSample('test/fixtures/aims', large, 10);
  }
  const one = measure([
    { name: 'node', args: ['-e', '0'] },
    { name: 'help', args: [cli, '--help'] },
    { name: 'list', args: [cli, 'list'] },
    { name: 'floor', args: [resolve('bench/floor.js'), tree] },
    { name: 'audit', args: [cli, 'audit', '--repo', tree, '--json'] },
    { name: 'one gap', args: [cli, 'audit', '--repo', tree, '--json', '--gap', 'GAP-003'] },
    {
      name: 'knip',
      args: [resolve('node_modules/knip/bin/knip.js'), '--no-exit-code'],
      cwd: join(tree, frontend),
    },
  ]);
  const ten =
    own === undefined
      ? measure([{ name: 'audit', args: [cli, 'audit', '--repo', large, '--json'] }])
      : undefined;
  console.log(`${tableOf(one, ten)}\n\n${whereTable(tree)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function measure(subjects: readonly Subject[]): ReadonlyMap<string, Measured> {
  const samples = new Map(subjects.map(({ name }) => [name, [] as Measured[]]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const subject of subjects) samples.get(subject.name)?.push(once(subject));
  return new Map([...samples].map(([name, runs]) => [name, median(runs)]));
}

function once({ name, args, cwd = process.cwd() }: Subject): Measured {
  const file = join(scratch, 'rss');
  const env = { ...process.env, BENCH_RSS: file, NO_COLOR: '1' };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', resolve('bench/rss.cjs'), ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${name} exited ${status}: ${stderr}`);
  return { milliseconds, mebibytes: Number(readFileSync(file, 'utf8')) / 1024 };
}

function median(runs: readonly Measured[]): Measured {
  const sorted = [...runs].sort((a, b) => a.milliseconds - b.milliseconds);
  return {
    milliseconds: sorted[Math.floor(sorted.length / 2)]?.milliseconds ?? 0,
    mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
  };
}

function tableOf(one: ReadonlyMap<string, Measured>, ten: ReadonlyMap<string, Measured> | undefined): string {
  const time = (name: string, of: ReadonlyMap<string, Measured> = one) => of.get(name)?.milliseconds ?? 0;
  const rows: readonly (readonly [what: string, milliseconds: number, ratio: string, target: string])[] = [
    ['bare Node', time('node'), '1', ''],
    [
      '`aims-fix --help`',
      time('help'),
      `${(time('help') / time('node')).toFixed(2)}x bare Node`,
      'at most 1.5x',
    ],
    [
      '`aims-fix list`',
      time('list'),
      `${(time('list') / time('node')).toFixed(2)}x bare Node`,
      'about one start',
    ],
    ['floor: start, walk, read', time('floor'), '1', ''],
    [
      '`aims-fix audit`',
      time('audit'),
      `${(time('audit') / time('floor')).toFixed(2)}x the floor`,
      'at most 3x',
    ],
    [
      '`aims-fix audit --gap GAP-003`',
      time('one gap'),
      `${(time('one gap') / time('floor')).toFixed(2)}x the floor`,
      'at most 1.5x',
    ],
    [
      'knip on the front end',
      time('knip'),
      `audit takes ${(time('audit') / time('knip')).toFixed(2)} of it`,
      'under 0.5',
    ],
    ...(ten ? [largeRow(time('audit', ten), time('audit'))] : []),
  ];
  const memory = `Peak memory of the audit: ${one.get('audit')?.mebibytes.toFixed(0)} MiB (target: under 200).`;
  const lines = rows.map(
    ([what, ms, ratio, target]) => `| ${what} | ${ms.toFixed(0)} | ${ratio} | ${target} |`,
  );
  return ['| What | ms | Ratio | Target |', '| --- | --- | --- | --- |', ...lines, '', memory].join('\n');
}

function largeRow(large: number, one: number): readonly [string, number, string, string] {
  return ['audit, ten times the files', large, `${(large / one).toFixed(2)}x one time`, 'at most 10x'];
}

/** Where a cold audit spends its time: the largest parts, each the median of the rounds. */
function whereTable(tree: string): string {
  const runs = Array.from({ length: ROUNDS }, () => partsOf(tree));
  const names = Object.keys(runs[0] ?? {});
  const medians = names.map((name) => {
    const sorted = runs.map((run) => run[name] ?? 0).sort((a, b) => a - b);
    return [name, sorted[Math.floor(sorted.length / 2)] ?? 0] as const;
  });
  const all = medians.find(([name]) => name === 'all')?.[1] ?? 1;
  const parts = medians.filter(([name]) => name !== 'all').sort(([, a], [, b]) => b - a);
  const shown = parts.slice(0, SHOWN);
  const rest = parts.slice(SHOWN).reduce((sum, [, ms]) => sum + ms, 0);
  const lines = [...shown, [`the other ${parts.length - shown.length}`, rest] as const].map(
    ([name, ms]) => `| ${name} | ${ms.toFixed(0)} | ${((100 * ms) / all).toFixed(0)} % |`,
  );
  return ['| Where the time goes | ms | Share |', '| --- | --- | --- |', ...lines].join('\n');
}

function partsOf(tree: string): Readonly<Record<string, number>> {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'bench/where.ts', tree], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`where.ts exited ${status}: ${stderr}`);
  return Object.fromEntries(Object.entries(JSON.parse(stdout)).map(([name, ms]) => [name, Number(ms)]));
}
