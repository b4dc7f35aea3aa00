import {
  type Detection,
  defineGap,
  type Finding,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { isInside } from '../../src/repo/paths.ts';
import { checksOf } from './checks.ts';
import { frozenHealth } from './health.ts';
import { idleMonitors, type Monitor, monitorsOf, namedService } from './monitors.ts';
import { brokenProbes } from './probes.ts';
import { stepsFor } from './steps.ts';

type Code =
  | 'no-monitor'
  | 'idle-monitor'
  | 'rare-monitor'
  | 'frozen-health'
  | 'broken-probe'
  | 'same-host-monitor';

export default defineGap({
  meta: {
    id: 'GAP-013',
    slug: 'uptime-monitoring',
    title: 'Uptime monitoring',
    problem: 'Nothing watches the site from outside, so an outage is noticed by its users first.',
    looksFor:
      'Deployed sites without a monitor in the repository, monitors that nothing runs, health routes that the build froze, and probes that end too early.',
    category: 'Observability',
    priority: 'P2',
    effort: '15 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-monitor':
        'This is deployed ({{how}}), and nothing in the repository asks it from outside whether it answers. A monitor that was set up by hand elsewhere leaves no trace here.',
      'idle-monitor': '{{name}} is set up here, and nothing that is deployed runs it.',
      'frozen-health':
        '{{url}} does not look at its request, so Next.js computes it once, when it builds: it answers for ever what was true then.',
      'broken-probe':
        'set -e ends this script at {{command}}, which is false while it counts from 0: at the first success.',
      'rare-monitor': '{{name}} asks once in {{hours}} hours: an outage in between is noticed by nobody.',
      'same-host-monitor': {
        text: '{{name}} stands on the server that it watches, and goes down with it.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-013',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers#caching',
      'https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const deployments = deploymentsOf(repo);
    const monitors = monitorsOf(repo);
    if (deployments.length + monitors.length === 0) return notApplicable(notDeployedReason(repo));
    const amiss = [...frozen(repo), ...broken(repo)];
    if (monitors.length === 0) return unwatched(repo, deployments, amiss);
    const outside = monitors.some(({ stands }) => stands === 'outside');
    const notes = outside
      ? rarely(monitors)
      : monitors.map(
          ({ path, at, name }): Finding<Code> => ({ code: 'same-host-monitor', path, at, data: { name } }),
        );
    return {
      findings: [...amiss, ...notes],
      reason: `${monitors[0]?.name} watches (${monitors[0]?.path})`,
    };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

/** Where no monitor asks at least once an hour. */
function rarely(monitors: readonly Monitor[]): readonly Finding<Code>[] {
  const outside = monitors.filter(({ stands }) => stands === 'outside');
  if (outside.some(({ everyHours }) => everyHours === undefined)) return [];
  return outside.map(({ path, at, name, everyHours }) => ({
    code: 'rare-monitor',
    path,
    at,
    data: { name, hours: `${everyHours}` },
  }));
}

/** The place that says most about the product: its own stack or app before a part of it that stands elsewhere. */
function placeOf(repo: Repo, deployments: readonly Deployment[]): Deployment | undefined {
  const rank = ({ path, kind }: Deployment) => {
    if (kind === 'compose' || repo.layout.apps.some(({ dir }) => dir !== '' && isInside(dir, path))) return 0;
    if (kind !== 'platform') return 1;
    return path.includes('/') && !path.startsWith('.') ? 2 : 0;
  };
  return [...deployments].sort((a, b) => rank(a) - rank(b))[0];
}

function unwatched(
  repo: Repo,
  deployments: readonly Deployment[],
  amiss: readonly Finding<Code>[],
): Detection<Code> {
  const idle = idleMonitors(repo).map(
    ({ path, at, name }): Finding<Code> => ({ code: 'idle-monitor', path, at, data: { name } }),
  );
  const named = idle.length + amiss.length === 0 ? namedService(repo) : undefined;
  if (named)
    return unknown(
      `${named.path} says that ${named.name} watches the site; whether it does cannot be read here`,
    );
  const how = [...new Set(deployments.map((each) => each.how))].join(', ');
  const first = placeOf(repo, deployments);
  const bare: readonly Finding<Code>[] =
    idle.length > 0 || !first ? idle : [{ code: 'no-monitor', path: first.path, at: 0, data: { how } }];
  return { findings: [...bare, ...amiss] };
}

function frozen(repo: Repo): readonly Finding<Code>[] {
  return repo.layout.apps.flatMap((app) =>
    frozenHealth(repo, app).map(({ path, at, url }) => ({
      code: 'frozen-health' as const,
      path,
      at,
      data: { url },
    })),
  );
}

function broken(repo: Repo): readonly Finding<Code>[] {
  return brokenProbes(repo).map(({ path, at, command }) => ({
    code: 'broken-probe',
    path,
    at,
    data: { command },
  }));
}
