import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRepo } from '../src/repo/repo.ts';
import { diskSource } from '../src/repo/source.ts';
import { growSample } from './grow.ts';
import {
  auditOf,
  cli,
  floorOf,
  knipOn,
  type Measures,
  measure,
  mostOf,
  partsOf,
  type Subject,
} from './measure.ts';

/**
 * Compares, in one run on one tree, the audit with its floor and with knip, and `--help` with bare Node. What counts is
 * CPU time, and of all runs the least: runs are interleaved, and another process can only add to them. Ratios are what
 * to read. With `-- DIR FRONTEND` it measures a repository of yours instead of the grown sample: its root, and the folder
 * in it that knip is run in; without FRONTEND, knip is left out.
 */

/** More would be a list of trifles. */
const SHOWN = 8;
const untuned = resolve('bench/untuned.cjs');
const scratch = mkdtempSync(join(tmpdir(), 'aims-fix-bench-'));

try {
  const [own, frontend] = process.argv.slice(2);
  const tree = own === undefined ? join(scratch, 'one') : resolve(own);
  const large = join(scratch, 'ten');
  if (own === undefined) {
    growSample('test/fixtures/aims', tree);
    growSample('test/fixtures/aims', large, 10);
  }
  const knipIn = own === undefined ? 'frontend' : frontend;
  const one = measure([...audits(tree), ...(knipIn === undefined ? [] : [knipOn(join(tree, knipIn))])]);
  const ten = own === undefined ? measure([auditOf(large)]) : undefined;
  const repo = createRepo(diskSource(tree));
  console.log(`${tableOf(one, ten, repo.files.length)}\n\n${whereTable(tree)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function audits(tree: string): readonly Subject[] {
  const audit = ['audit', '--repo', tree, '--json'];
  return [
    { name: 'node', args: ['-e', '0'] },
    { name: 'help', args: [cli, '--help'] },
    { name: 'list', args: [cli, 'list'] },
    floorOf(tree),
    auditOf(tree),
    { name: 'one gap', args: [cli, ...audit, '--gap', 'GAP-003'] },
    { name: 'tuned', args: [untuned, 'tuned', ...audit] },
    { name: 'untuned', args: [untuned, 'untuned', ...audit] },
  ];
}

type Row = readonly [what: string, milliseconds: number, ratio: string, target: string];

function tableOf(one: Measures, ten: Measures | undefined, files: number): string {
  const time = (name: string, of: Measures = one) => of.get(name)?.milliseconds ?? 0;
  const ratio = (name: string, to: string) => (time(name) / time(to)).toFixed(2);
  const rows: readonly Row[] = [
    ['bare Node', time('node'), '1', ''],
    ['`aims-fix --help`', time('help'), `${ratio('help', 'node')}x bare Node`, 'at most 1.5x'],
    ['`aims-fix list`', time('list'), `${ratio('list', 'node')}x bare Node`, 'about one start'],
    ['floor: start, walk, read', time('floor'), '1', ''],
    ['`aims-fix audit`', time('audit'), `${ratio('audit', 'floor')}x the floor`, `at most ${mostOf(files)}x`],
    [
      '`aims-fix audit --gap GAP-003`',
      time('one gap'),
      `${ratio('one gap', 'floor')}x the floor`,
      'at most 1.5x',
    ],
    ["audit without V8's flags and cache", time('untuned'), '', ''],
    ['the same with the flags', time('tuned'), `${ratio('tuned', 'untuned')} of it`, 'under 0.95'],
    ...(one.has('knip') ? [knipRow(time('knip'), time('audit'))] : []),
    ...(ten ? [largeRow(time('audit', ten), time('audit'))] : []),
  ];
  const memory = `Peak memory of the audit: ${one.get('audit')?.mebibytes.toFixed(0)} MiB (target: under 300).`;
  const lines = rows.map(
    ([what, ms, shown, target]) => `| ${what} | ${ms.toFixed(0)} | ${shown} | ${target} |`,
  );
  return ['| What | CPU ms | Ratio | Target |', '| --- | --- | --- | --- |', ...lines, '', memory].join('\n');
}

function knipRow(knip: number, audit: number): Row {
  return ['knip on the front end', knip, `audit takes ${(audit / knip).toFixed(2)} of it`, 'under 0.55'];
}

function largeRow(large: number, one: number): Row {
  return ['audit, ten times the files', large, `${(large / one).toFixed(2)}x one time`, 'at most 10x'];
}

/** Where a cold audit spends its time: the largest parts. */
function whereTable(tree: string): string {
  const { all, parts } = partsOf(tree);
  const shown = parts.slice(0, SHOWN);
  const rest = parts.slice(SHOWN).reduce((sum, [, ms]) => sum + ms, 0);
  const lines = [...shown, [`the other ${parts.length - shown.length}`, rest] as const].map(
    ([name, ms]) => `| ${name} | ${ms.toFixed(0)} | ${((100 * ms) / all).toFixed(0)} % |`,
  );
  return ['| Where the time goes | CPU ms | Share |', '| --- | --- | --- |', ...lines].join('\n');
}
