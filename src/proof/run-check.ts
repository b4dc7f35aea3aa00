import type { BuildCheck, Check, Verdict } from '../contract.ts';
import type { Scratch } from '../world.ts';
import { createCleanup } from './cleanup.ts';
import { createTranscript, type ProvenCheck, type Transcript } from './evidence.ts';
import type { LiveRun } from './run.ts';
import { openScratch } from './scratch.ts';

/** Runs the build checks of a gap, one after the other, each in a scratch copy as it found it. */
export async function runBuildChecks(run: LiveRun, checks: readonly BuildCheck[]): Promise<ProvenCheck[]> {
  const proven: ProvenCheck[] = [];
  for (const check of checks) {
    const lack = installLack(run, check.app);
    proven.push(
      lack === undefined
        ? await inScratch(run, check, check.seconds ?? 300, (scratch) => check.run(scratch))
        : skipped(check, lack),
    );
  }
  return proven;
}

function installLack({ apps }: LiveRun, app: string | undefined): string | undefined {
  if (app === undefined) return undefined;
  const known = apps.get(app);
  if (known === undefined) return `no Next.js app in ${app || '.'} was installed`;
  return known.installed ? undefined : `the dependencies of ${app || '.'} did not install`;
}

/** A check that was not tried. */
export function skipped(check: Check, reason: string, remedy?: string): ProvenCheck {
  const verdict: Verdict = { verdict: 'skip', reason, ...(remedy === undefined ? {} : { remedy }) };
  const { title, level } = check;
  return { result: { title, level, result: verdict, milliseconds: 0 }, transcript: createTranscript() };
}

/** Runs one check with a time limit; what it changed in the scratch copy is put back. */
export async function inScratch(
  { request, tree, programs }: LiveRun,
  check: Check,
  seconds: number,
  act: (scratch: Scratch, transcript: Transcript) => Promise<Verdict>,
): Promise<ProvenCheck> {
  request.signal.throwIfAborted();
  request.progress.begin(check.title);
  const cleanup = createCleanup();
  const transcript = createTranscript();
  const scratch = openScratch(tree, programs, cleanup, (command, { exitCode }) =>
    transcript.note(command.split('\n')[0] ?? '', `exit code ${exitCode ?? 'none: stopped'}`),
  );
  const started = performance.now();
  const verdict = await withLimit(seconds, () => act(scratch, transcript));
  const milliseconds = Math.round(performance.now() - started);
  await cleanup.run();
  request.signal.throwIfAborted();
  request.progress.end(check.title, milliseconds / 1000, verdict.verdict);
  return { result: { title: check.title, level: check.level, result: verdict, milliseconds }, transcript };
}

/** A check that throws or does not end has not shown what it should. */
export async function withLimit(seconds: number, act: () => Promise<Verdict>): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(
      () => resolve({ verdict: 'fail', reason: `no verdict within ${seconds} s` }),
      seconds * 1000,
    );
  });
  const tried = act().catch((error: unknown): Verdict => {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { verdict: 'fail', reason: 'the time limit was reached; --minutes gives more' };
    const message = error instanceof Error ? error.message : String(error);
    return { verdict: 'fail', reason: `the check broke off: ${message.split('\n')[0]}` };
  });
  try {
    return await Promise.race([tried, late]);
  } finally {
    clearTimeout(timer);
  }
}
