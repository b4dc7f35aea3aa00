import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Verdict } from '../contract.ts';
import type { NextApp } from '../repo/repo.ts';
import type { Probe } from '../world.ts';
import { buildApp, hasTests, testApp } from './build.ts';
import { createTranscript, type ProvenCheck } from './evidence.ts';
import { type Installs, installPlace } from './installs.ts';
import type { Programs } from './programs.ts';
import type { ProofRequest, ProvenApp } from './run.ts';
import { withLimit } from './run-check.ts';
import { withoutLinks } from './scratch.ts';
import { typeCheck } from './type-check.ts';

export interface AppProofOptions {
  readonly request: ProofRequest;
  readonly tree: string;
  readonly programs: Programs;
  readonly installs: Installs;
  readonly app: NextApp;
  /** Put into the scratch copy before the build, after everything else was looked at. */
  readonly probes: readonly Probe[];
  /** What the build inlines. */
  readonly env: Readonly<Record<string, string>>;
}

/** Each step has a limit of its own below this one. */
const STEP_SECONDS = 1800;

/** Installs, type-checks, tests and builds one app in the scratch copy. */
export async function proveApp(options: AppProofOptions): Promise<ProvenApp> {
  const { request, tree, programs, installs, app, probes, env } = options;
  const name = app.dir || '.';
  const checks: ProvenCheck[] = [];
  const step = async (title: string, act: () => Promise<Verdict>): Promise<boolean> => {
    request.signal.throwIfAborted();
    request.progress.begin(title);
    const started = performance.now();
    const result = await withLimit(STEP_SECONDS, act);
    const milliseconds = Math.round(performance.now() - started);
    request.signal.throwIfAborted();
    request.progress.end(title, milliseconds / 1000, result.verdict);
    checks.push({ result: { title, level: 'build', result, milliseconds }, transcript: createTranscript() });
    return result.verdict === 'pass';
  };
  const done = (installed: boolean, built: boolean) => ({
    proof: { app: app.dir, checks },
    installed,
    built,
  });

  const place = installPlace(request.repo, app);
  const installed = await step(`The dependencies of ${name} install`, async () =>
    'refused' in place ? { verdict: 'skip', reason: place.refused } : installs.install(place),
  );
  if (!installed || 'refused' in place) return done(false, false);
  const scripts = { programs, scratch: tree, app, manager: place.manager, env };
  if (app.typescript)
    await step(`${name} has no new type error`, () =>
      typeCheck({ root: request.root, scratch: tree, app: app.dir, base: request.base, programs }),
    );
  if (hasTests(app)) await step(`The tests of ${name} pass`, () => testApp(scripts));
  await putProbes(tree, probes);
  const built = await step(`${name} builds`, () => buildApp(scripts));
  await takeProbes(tree, probes);
  return done(true, built);
}

/** What was built stays; the target's own tests, which some checks run, know nothing of probes. */
async function takeProbes(tree: string, probes: readonly Probe[]): Promise<void> {
  for (const { path } of probes) await rm(await withoutLinks(tree, join(tree, path)), { force: true });
}

async function putProbes(tree: string, probes: readonly Probe[]): Promise<void> {
  for (const { path, text } of probes) {
    const file = await withoutLinks(tree, join(tree, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
