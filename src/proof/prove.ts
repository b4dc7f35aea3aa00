import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BuildCheck, GapId, LiveCheck } from '../contract.ts';
import { FailedError } from '../errors.ts';
import { makeScratchFolder } from '../runner/scratch-folder.ts';
import { proveApp } from './app-proof.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { deploymentOf } from './environment.ts';
import { type ProvenCheck, secretValues } from './evidence.ts';
import { createInstalls } from './installs.ts';
import { runLive } from './live.ts';
import { createPrograms } from './programs.ts';
import type { LiveRun, Proof, ProofRequest, ProvenApp } from './run.ts';
import { runBuildChecks } from './run-check.ts';
import { copyTree } from './scratch.ts';
import { lackOf, serviceEnvironment, startServices } from './services.ts';
import { timeLimit } from './time-limit.ts';

/**
 * Proves gaps closed: in a scratch copy, never in the target, every app is installed, type-checked, built and
 * tested, then booted with the services that the checks ask for.
 * @throws FailedError when it is interrupted. Whatever was started is stopped, and the scratch copy removed.
 */
export async function prove(request: ProofRequest): Promise<Proof> {
  const cleanup = createCleanup();
  try {
    return await proveIn(request, await makeScratch(request, cleanup), cleanup);
  } catch (error) {
    if (request.signal.aborted) throw new FailedError('interrupted; nothing in the target was changed');
    throw error;
  } finally {
    await cleanup.run();
  }
}

async function makeScratch({ cache }: ProofRequest, cleanup: Cleanup): Promise<string> {
  await mkdir(cache, { recursive: true });
  const scratch = await makeScratchFolder(cache, 'scratch-');
  cleanup.add(() => rm(scratch, { recursive: true, force: true }));
  return scratch;
}

async function proveIn(request: ProofRequest, scratch: string, cleanup: Cleanup): Promise<Proof> {
  const { level, gaps } = request;
  const homes: Hidden[] = [];
  const run = await startRun(request, scratch, cleanup, (path, instead) => void homes.push([path, instead]));
  const results = new Map<GapId, readonly ProvenCheck[]>();
  for (const gap of gaps) {
    const build = await runBuildChecks(run, gap.checks.filter(isBuild));
    const tried = level === 'live' ? await runLive(run, gap) : [];
    results.set(gap.id, [...build, ...tried]);
  }
  return {
    apps: [...run.apps.values()].map(({ proof }) => proof),
    gaps: results,
    hidden: [...homes, ...hiddenIn(run, scratch)],
  };
}

type Hidden = Proof['hidden'][number];

/** Copies the target, starts the services that the checks ask for, and builds every app. */
async function startRun(
  request: ProofRequest,
  scratch: string,
  cleanup: Cleanup,
  hide: LiveRun['hide'],
): Promise<LiveRun> {
  const { root, repo, level, gaps, env, cache } = request;
  const tree = join(scratch, 'tree');
  const minutes = request.minutes * (level === 'live' ? 2 : 1);
  const programs = createPrograms(timeLimit(request.signal, minutes, cleanup));
  await copyTree(root, repo, tree, programs);
  const installs = createInstalls({
    root,
    repo,
    scratch: tree,
    kept: join(cache, 'installs'),
    programs,
    env,
  });
  cleanup.add(() => installs.giveBack());
  cleanup.add(() => programs.stopAll());
  const live = level === 'live' ? gaps.flatMap(({ checks }) => checks.filter(isLive)) : [];
  const lacks = lacksOf(live, env);
  const able = live.filter(({ needs }) => !needs.some((service) => lacks.has(service)));
  const needs = new Set(able.flatMap((check) => check.needs));
  const services = await startServices({ needs, dir: scratch, programs, cleanup, env });
  const apps = new Map<string, ProvenApp>();
  for (const app of repo.layout.apps) {
    const own = able.filter((check) => check.app === app.dir);
    const { build } = deploymentOf(repo, app, {
      ...serviceEnvironment(services),
      ...Object.assign({}, ...own.map((check) => check.env)),
    });
    const probes = own.flatMap((check) => check.probes ?? []);
    apps.set(app.dir, await proveApp({ request, tree, programs, installs, app, probes, env: build }));
  }
  const secret = randomBytes(24).toString('hex');
  return { hide, request, tree, programs, services, secret, lacks, apps, nextAddress: addresses() };
}

/** What no evidence may show, with what stands in its place. */
function hiddenIn({ request, tree, services, secret }: LiveRun, scratch: string): readonly Hidden[] {
  return [
    ...secretValues(request.env),
    [secret, '<secret>'],
    ...(services.redis ? [[services.redis.password, '<secret>'] as const] : []),
    [tree, '<scratch>'],
    [scratch, '<scratch>'],
    [request.root, '<root>'],
    [homedir(), '~'],
  ];
}

/** The services that the machine has not, with the tool that each needs. */
function lacksOf(live: readonly LiveCheck[], env: NodeJS.ProcessEnv): LiveRun['lacks'] {
  return new Map(
    [...new Set(live.flatMap(({ needs }) => needs))].flatMap((service) => {
      const tool = lackOf(service, env);
      return tool ? [[service, tool] as const] : [];
    }),
  );
}

function isLive(check: BuildCheck | LiveCheck): check is LiveCheck {
  return check.level === 'live';
}

function isBuild(check: BuildCheck | LiveCheck): check is BuildCheck {
  return check.level === 'build';
}

/** Addresses of the benchmark network (RFC 2544), each given once, so that no rate limit is shared by accident. */
function addresses(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `198.18.${Math.floor(count / 250)}.${(count % 250) + 1}`;
  };
}
