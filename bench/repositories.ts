import { basename, join, resolve } from 'node:path';
import { createRepo } from '../src/repo/repo.ts';
import { diskSource } from '../src/repo/source.ts';
import { auditOf, floorOf, knipOn, measure, mostOf, partsOf } from './measure.ts';

/**
 * Holds the audit of repositories against its floor and its bounds: `-- DIR DIR=FRONTEND …`, the folder in which knip
 * is run after `=`. Prints a row for each.
 */

/** Fewer than of one repository: these are large. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** More would be a list of trifles. */
const SHOWN = 4;

console.log(`| Repository | Files | Floor | Audit | Ratio | Target | Of knip | MiB | Where the time goes |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |`);
for (const argument of process.argv.slice(2)) {
  const [dir = '', frontend] = argument.split('=');
  console.log(rowOf(resolve(dir), frontend));
}

function rowOf(tree: string, frontend: string | undefined): string {
  const knips = frontend === undefined ? [] : [knipOn(join(tree, frontend))];
  const measures = measure([floorOf(tree), auditOf(tree), ...knips], ROUNDS);
  const time = (name: string) => measures.get(name)?.milliseconds ?? Number.NaN;
  const files = createRepo(diskSource(tree)).files.length;
  const { all, parts } = partsOf(tree, ROUNDS);
  const where = parts.slice(0, SHOWN).map(([name, ms]) => `${name} ${((100 * ms) / all).toFixed(0)} %`);
  const cells = [
    basename(tree),
    files,
    `${time('floor').toFixed(0)} ms`,
    `${time('audit').toFixed(0)} ms`,
    `${(time('audit') / time('floor')).toFixed(1)}x`,
    `at most ${mostOf(files)}x`,
    frontend === undefined ? '' : (time('audit') / time('knip')).toFixed(2),
    measures.get('audit')?.mebibytes.toFixed(0),
    where.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}
