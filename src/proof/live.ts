import { join } from 'node:path';
import type { LiveCheck, NextApp } from '../contract.ts';
import { type BootedApp, bootApp } from './boot.ts';
import { createCleanup } from './cleanup.ts';
import { deploymentOf } from './environment.ts';
import type { ProvenCheck } from './evidence.ts';
import { startFront } from './front.ts';
import { makeWorld } from './make-world.ts';
import type { GapToProve, LiveRun } from './run.ts';
import { inScratch, skipped } from './run-check.ts';
import { hooks, redirected, serviceEnvironment } from './services.ts';
import type { Tool } from './tools.ts';

/** Runs the live checks of one gap: they share one boot, with a folder of its own. */
export async function runLive(run: LiveRun, { checks }: GapToProve): Promise<readonly ProvenCheck[]> {
  const live = checks.filter((check): check is LiveCheck => check.level === 'live');
  const proven: ProvenCheck[] = [];
  for (const app of new Set(live.map(({ needs, app }) => (needs.includes('app') ? app : undefined)))) {
    const group = live.filter((check) => (check.needs.includes('app') ? check.app : undefined) === app);
    proven.push(...(app === undefined ? await runGroup(run, group) : await runBooted(run, app, group)));
  }
  return live.flatMap(({ title }) => proven.filter(({ result }) => result.title === title));
}

async function runBooted(run: LiveRun, dir: string, group: readonly LiveCheck[]): Promise<ProvenCheck[]> {
  const app = run.request.repo.layout.apps.find((each) => each.dir === dir);
  if (app === undefined || !run.apps.get(dir)?.built)
    return group.map((check) => skipped(check, `${dir || '.'} was not built`));
  const able = group.filter((check) => lackFor(run, check) === undefined);
  if (able.length === 0) return runGroup(run, group);
  const cleanup = createCleanup();
  try {
    return await runGroup(run, group, await boot(run, app, able, cleanup.add));
  } finally {
    await cleanup.run();
  }
}

interface Booted {
  readonly app: BootedApp;
  readonly url: string;
  readonly workdir: string | undefined;
}

async function boot(
  run: LiveRun,
  app: NextApp,
  group: readonly LiveCheck[],
  later: (undo: () => unknown) => void,
): Promise<Booted | string> {
  const { request, programs, tree } = run;
  let port = 0;
  const front = await startFront(() => port);
  later(() => front.stop());
  const { deployment, env } = deployedAs(run, app, group, front.url);
  const step = `${app.dir || '.'} boots`;
  request.progress.begin(step);
  const started = performance.now();
  try {
    const booted = await bootApp({
      programs,
      deployment,
      scratch: tree,
      app: app.dir,
      env,
      listens: (next) => {
        port = next;
      },
    });
    later(() => booted.stop());
    run.hide(booted.home, '<home>');
    request.progress.end(step, (performance.now() - started) / 1000, 'pass');
    return { app: booted, url: front.url, workdir: deployment.workdir };
  } catch (error) {
    request.signal.throwIfAborted();
    request.progress.end(step, (performance.now() - started) / 1000, 'fail');
    return error instanceof Error ? error.message : String(error);
  }
}

/** How the app is deployed behind a front, and the environment that it gets there. */
function deployedAs(
  { request, services, secret }: LiveRun,
  app: NextApp,
  group: readonly LiveCheck[],
  url: string,
) {
  const asked: Readonly<Record<string, string>> = Object.assign({}, ...group.map((check) => check.env));
  const deployment = deploymentOf(request.repo, app, {
    ...serviceEnvironment(services),
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: secret,
    ...asked,
  });
  const env = {
    // What a check asks for and the stack says nothing of; what the stack blanks stays blank.
    ...asked,
    ...redirected(deployment.env, deployment.hosts, services),
    ...hooks(services),
  };
  return { deployment, env };
}

/** @param booted the app, or why it did not start; absent when the checks need none. */
async function runGroup(
  run: LiveRun,
  group: readonly LiveCheck[],
  booted?: Booted | string,
): Promise<ProvenCheck[]> {
  const proven: ProvenCheck[] = [];
  for (const check of group) {
    const tool = lackFor(run, check);
    if (tool) proven.push(skipped(check, `${tool.name} is not installed`, tool.remedy));
    else if (typeof booted === 'string') proven.push(broken(check, booted));
    else proven.push(await runOne(run, check, booted));
  }
  return proven;
}

function lackFor({ lacks }: LiveRun, { needs }: LiveCheck): Tool | undefined {
  return needs.map((service) => lacks.get(service)).find((tool) => tool !== undefined);
}

function broken(check: LiveCheck, reason: string): ProvenCheck {
  const proven = skipped(check, reason);
  return { ...proven, result: { ...proven.result, result: { verdict: 'fail', reason } } };
}

async function runOne(run: LiveRun, check: LiveCheck, booted: Booted | undefined): Promise<ProvenCheck> {
  const { services, nextAddress, tree } = run;
  for (const service of [services.gateway, services.mail, services.errors]) service?.reset();
  const appFolder = join(tree, check.app ?? '');
  const proven = await inScratch(run, check, check.seconds ?? 60, (scratch, transcript) =>
    check.run(
      makeWorld({
        scratch,
        services,
        needs: check.needs,
        transcript,
        appFolder,
        nextAddress,
        ...(booted === undefined ? {} : { booted }),
      }),
    ),
  );
  await services.browser?.closePages();
  const failed = proven.result.result.verdict === 'fail';
  return failed && booted ? { ...proven, log: booted.app.log() } : proven;
}
