import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { columns } from './columns.ts';
import { type Audited, audit } from './run.ts';
import { isBad, triedTable, tryGaps } from './try-gaps.ts';

/**
 * `npm run corpus -- DIR... [--apply] [--json FILE] [--cli FILE] [--seconds N]`: audits many repositories, each in a
 * process of its own, and prints gap by repository what came out. A folder of repositories (no package.json, no .git)
 * stands for those in it. With `--apply` each automatic gap that is open is applied alone to a copy, run again and
 * undone. Exits 1 when something crashed, hung, or printed something else than its document.
 */
interface Row extends Audited {
  readonly name: string;
  readonly path: string;
}

const LETTERS: Readonly<Record<string, string>> = {
  closed: 'C',
  'not-applicable': '-',
  unknown: '?',
  blocked: '!',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    apply: { type: 'boolean', default: false },
    json: { type: 'string' },
    cli: { type: 'string', default: 'bin/aims-fix.js' },
    seconds: { type: 'string', default: '60' },
  },
});
const runner = { cli: resolve(values.cli), seconds: Number(values.seconds) };
const rows = positionals
  .flatMap(repositoriesIn)
  .map((path): Row => ({ name: basename(path), path, ...audit(runner, path) }));
if (rows.length === 0) {
  console.error('usage: npm run corpus -- DIR... [--apply] [--json FILE] [--cli FILE] [--seconds N]');
  process.exitCode = 2;
} else {
  console.log(table(rows));
  const crashed = rows.filter(({ crash }) => crash !== undefined);
  for (const { name, crash } of crashed) console.log(`\n${name} crashed:\n${crash}`);
  const tried = values.apply ? rows.flatMap((row) => tryGaps(runner, row)) : [];
  if (values.apply) console.log(`\n${triedTable(tried)}`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(values.apply ? { rows, tried } : rows, null, 2)}\n`);
  process.exitCode = crashed.length > 0 || tried.some(isBad) ? 1 : 0;
}

function repositoriesIn(folder: string): readonly string[] {
  const root = resolve(folder);
  const names = readdirSync(root);
  const folders = names
    .map((name) => join(root, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  return folders.length < names.length || names.includes('.git') ? [root] : folders;
}

function table(all: readonly Row[]): string {
  const ids = [...new Set(all.flatMap(({ document }) => document?.gaps.map(({ id }) => id) ?? []))].sort();
  const heads = ['repository', ...ids.map((id) => id.replace(/^GAP-/, '')), 'ms', 'MB'];
  const lines = all.map((row) => [
    row.name,
    ...ids.map((id) => letter(row, id)),
    String(row.milliseconds),
    String(row.megabytes),
  ]);
  return columns([heads, ...lines]);
}

/** `O3`: open with three findings. */
function letter({ document }: Row, id: string): string {
  const gap = document?.gaps.find((each) => each.id === id);
  if (!gap) return 'X';
  if (gap.status !== 'open') return LETTERS[gap.status] ?? gap.status;
  return `O${gap.findings.filter(({ note }) => !note).length}`;
}
