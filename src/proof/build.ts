import { join } from 'node:path';
import type { Verdict } from '../contract.ts';
import type { NextApp } from '../repo/repo.ts';
import type { Manager } from '../runner/lock/owner.ts';
import { bareEnvironment, type Programs } from './programs.ts';

export interface ScriptOptions {
  readonly programs: Programs;
  readonly scratch: string;
  readonly app: NextApp;
  readonly manager: Manager;
  readonly env: Readonly<Record<string, string>>;
}

const SECONDS = 900;
const SHOWN_LINES = 25;

/** The app's own build script: what its Dockerfile runs. Without one, `next build`. */
export function buildApp(options: ScriptOptions): Promise<Verdict> {
  return options.app.workspace.manifest.scripts.build === undefined
    ? runScript(options, 'npx', ['--no-install', 'next', 'build'])
    : runScript(options, options.manager, ['run', 'build']);
}

/** The target's own tests. */
export function testApp(options: ScriptOptions): Promise<Verdict> {
  return runScript(options, options.manager, ['run', 'test']);
}

/** Whether the app has tests to run: npm's placeholder is none. */
export function hasTests({ workspace }: NextApp): boolean {
  const { test } = workspace.manifest.scripts;
  return test !== undefined && !/no test specified/.test(test);
}

async function runScript(options: ScriptOptions, file: string, args: readonly string[]): Promise<Verdict> {
  const { programs, scratch, app, env } = options;
  const { exitCode, stdout, stderr } = await programs.run(file, args, {
    cwd: join(scratch, app.dir),
    env: { ...bareEnvironment(), CI: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
    seconds: SECONDS,
  });
  const subject = [file, ...args].join(' ');
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  if (exitCode === 0) return { verdict: 'pass', evidence: [{ subject, observed: 'exit code 0' }] };
  return {
    verdict: 'fail',
    reason: `${subject} ended with ${exitCode === undefined ? 'the time limit' : `exit code ${exitCode}`}`,
    evidence: [{ subject, observed: said }],
  };
}
