import { spawnSync } from 'node:child_process';

/** The built command, and how long one call of it may take. */
export interface Runner {
  readonly cli: string;
  readonly seconds: number;
}

export interface GapRow {
  readonly id: string;
  readonly fix: 'automatic' | 'manual';
  readonly status: string;
  readonly reason?: string;
  readonly findings: readonly { readonly note: boolean }[];
  readonly manual: readonly unknown[];
}

/** What a call printed, or why it printed no document. */
export type Called<Document> = { readonly document: Document } | { readonly crash: string };

export interface Audited {
  readonly milliseconds: number;
  readonly megabytes: number;
  /** Why there is no audit. */
  readonly crash?: string;
  readonly document?: { readonly gaps: readonly GapRow[] };
}

const REPORT_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmaxRSS="+process.resourceUsage().maxRSS))';

/** Audits one repository, with time and memory. */
export function audit(runner: Runner, path: string): Audited {
  const start = performance.now();
  const { stderr, called } = call<{ readonly gaps: readonly GapRow[] }>(runner, path, ['audit'], [0]);
  const milliseconds = Math.round(performance.now() - start);
  const megabytes = Math.round(Number(/maxRSS=(\d+)/.exec(stderr)?.[1] ?? 0) / 1024);
  return { milliseconds, megabytes, ...called };
}

/**
 * Calls the command with `--json`.
 * @param good the exit codes that leave a document
 */
export function call<Document extends object>(
  { cli, seconds }: Runner,
  path: string,
  args: readonly string[],
  good: readonly number[],
): { readonly stderr: string; readonly called: Called<Document> } {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', REPORT_MEMORY, cli, ...args, '--repo', path, '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 512 * 1024 * 1024,
    },
  );
  if (status === null || !good.includes(status)) {
    const said = stderr.replace(/\n?maxRSS=\d+/, '').trim();
    return {
      stderr,
      called: { crash: `${signal ? `stopped after ${seconds} s` : `exit ${status}`}\n${said}` },
    };
  }
  const document = parsed<Document>(stdout);
  return { stderr, called: document ? { document } : { crash: `printed no audit\n${stdout.slice(0, 500)}` } };
}

function parsed<Document extends object>(stdout: string): Document | undefined {
  try {
    const document: Document & { readonly gaps?: unknown } = JSON.parse(stdout);
    return Array.isArray(document.gaps) || 'restored' in document ? document : undefined;
  } catch {
    return undefined;
  }
}
