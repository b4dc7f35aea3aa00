import { registry } from '../gaps/registry.ts';
import { loadGaps } from '../src/registry.ts';
import { createRepo } from '../src/repo/repo.ts';
import { diskSource } from '../src/repo/source.ts';
import { auditGap } from '../src/runner/audit.ts';

/** One cold audit of a tree, its CPU time gap by gap: what is shared is paid by the first that asks. Prints JSON. */
const [root = '.'] = process.argv.slice(2);
const times: Record<string, number> = {};

const started = now();
const repo = createRepo(diskSource(root));
times.walk = now() - started;
times.layout = timed(() => void [repo.layout.packages, repo.layout.apps, repo.layout.compose].length);
const loading = now();
const gaps = await loadGaps(registry);
times['loading the gaps'] = now() - loading;
for (const gap of gaps) times[gap.meta.id] = timed(() => void auditGap(gap, repo));
times.all = now() - started;
console.log(JSON.stringify(times));

function timed(act: () => void): number {
  const from = now();
  act();
  return now() - from;
}

function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
