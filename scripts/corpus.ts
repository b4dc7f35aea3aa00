import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run corpus -- DIR... [--json FILE] [--cli FILE] [--seconds N]`: audits many repositories, each in a process of
 * its own, and prints gap by repository what came out. A folder of repositories (no package.json, no .git) stands for
 * those in it. Exits 1 when an audit crashed, hung, or printed something else than its document.
 */
interface GapRow {
  readonly id: string;
  readonly status: string;
  readonly findings: readonly { readonly note: boolean }[];
}

interface Row {
  readonly name: string;
  readonly path: string;
  readonly milliseconds: number;
  readonly megabytes: number;
  /** Why there is no audit. */
  readonly crash?: string;
  readonly document?: { readonly gaps: readonly GapRow[] };
}

const LETTERS: Readonly<Record<string, string>> = {
  closed: 'C',
  'not-applicable': '-',
  unknown: '?',
  blocked: '!',
};
const REPORT_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmaxRSS="+process.resourceUsage().maxRSS))';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    cli: { type: 'string', default: 'bin/aims-fix.js' },
    seconds: { type: 'string', default: '60' },
  },
});
const rows = positionals.flatMap(repositoriesIn).map(audit);
if (rows.length === 0) {
  console.error('usage: npm run corpus -- DIR... [--json FILE] [--cli FILE] [--seconds N]');
  process.exitCode = 2;
} else {
  console.log(table(rows));
  const crashed = rows.filter(({ crash }) => crash !== undefined);
  for (const { name, crash } of crashed) console.log(`\n${name} crashed:\n${crash}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  process.exitCode = crashed.length > 0 ? 1 : 0;
}

function repositoriesIn(folder: string): readonly string[] {
  const root = resolve(folder);
  const names = readdirSync(root);
  const folders = names.map((name) => join(root, name)).filter((path) => statSync(path).isDirectory());
  return folders.length < names.length || names.includes('.git') ? [root] : folders;
}

function audit(path: string): Row {
  const args = ['--import', REPORT_MEMORY, resolve(values.cli), 'audit', '--repo', path, '--json'];
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: Number(values.seconds) * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 512 * 1024 * 1024,
  });
  const milliseconds = Math.round(performance.now() - start);
  const megabytes = Math.round(Number(/maxRSS=(\d+)/.exec(stderr)?.[1] ?? 0) / 1024);
  const facts = { name: basename(path), path, milliseconds, megabytes };
  const said = stderr.replace(/\n?maxRSS=\d+/, '').trim();
  if (status !== 0)
    return { ...facts, crash: `${signal ? `stopped after ${values.seconds} s` : `exit ${status}`}\n${said}` };
  const document = documentIn(stdout);
  return document ? { ...facts, document } : { ...facts, crash: `printed no audit\n${stdout.slice(0, 500)}` };
}

function documentIn(stdout: string): { readonly gaps: readonly GapRow[] } | undefined {
  try {
    const document: { readonly gaps: readonly GapRow[] } = JSON.parse(stdout);
    return Array.isArray(document.gaps) ? document : undefined;
  } catch {
    return undefined;
  }
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
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const print = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [heads, ...lines].map(print).join('\n');
}

/** `O3`: open with three findings. */
function letter({ document }: Row, id: string): string {
  const gap = document?.gaps.find((each) => each.id === id);
  if (!gap) return 'X';
  if (gap.status !== 'open') return LETTERS[gap.status] ?? gap.status;
  return `O${gap.findings.filter(({ note }) => !note).length}`;
}
