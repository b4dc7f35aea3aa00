import type { Edit, Repo } from '../../../src/contract.ts';
import { template } from '../../../src/repo/templates.ts';
import { addressOf } from '../read/address.ts';
import { healthRoutesOf } from '../read/frozen-health.ts';
import { BACKUP_MONITOR, GAP, MONITORS, READY, SCRIPT } from '../tables.ts';

/** What is to be watched, as it stands in the file. */
interface Monitors {
  /** Empty where the repository does not name it. */
  readonly site: string;
  readonly monitors: readonly {
    readonly name: string;
    readonly url: string;
    readonly keyword?: string;
    readonly everySeconds: number;
  }[];
  readonly heartbeats: readonly {
    readonly name: string;
    readonly everySeconds: number;
    readonly graceSeconds: number;
  }[];
}

/** The list of monitors, and the script that makes them at the provider. */
export function monitorEdits(repo: Repo, hasReady: boolean): readonly Edit[] {
  return [
    { kind: 'create', path: MONITORS, text: `${JSON.stringify(monitorsOf(repo, hasReady), undefined, 2)}\n` },
    { kind: 'create', path: SCRIPT, text: template(`${GAP}/${SCRIPT}`) },
  ];
}

/** Better Stack looks every three minutes without a paid plan. */
const EVERY = 180;

function monitorsOf(repo: Repo, hasReady: boolean): Monitors {
  const address = addressOf(repo);
  const title = frontPageTitle(repo);
  const health = healthMonitor(repo, hasReady);
  return {
    site: address.includes('<') ? '' : address,
    monitors: [
      ...(health ? [{ ...health, everySeconds: EVERY }] : []),
      {
        name: 'front page',
        url: '/',
        ...(title === undefined ? {} : { keyword: title }),
        everySeconds: EVERY,
      },
    ],
    heartbeats: hasPing(repo)
      ? [{ name: BACKUP_MONITOR, everySeconds: 24 * 3600, graceSeconds: 2 * 3600 }]
      : [],
  };
}

/** The route that says most: one about readiness, or the word that the health route has for a good state. */
function healthMonitor(
  repo: Repo,
  hasReady: boolean,
): Omit<Monitors['monitors'][number], 'everySeconds'> | undefined {
  if (hasReady) return { name: 'ready for visitors', url: READY, keyword: '"status":"ready"' };
  const routes = repo.layout.apps.flatMap((app) => healthRoutesOf(repo, app));
  const route =
    routes.find(({ url }) => /ready/.test(url)) ?? routes.find(({ url }) => /health/.test(url)) ?? routes[0];
  if (!route) return undefined;
  const says = /\bstatus: [^\n]*(['"])(healthy|ok|ready|up)\1/.exec(repo.peek(route.path) ?? '')?.[2];
  const word = /healthy/.test(repo.peek(route.path) ?? '') ? 'healthy' : says;
  return { name: 'health', url: route.url, ...(word === undefined ? {} : { keyword: `"status":"${word}"` }) };
}

const TITLE = /\btitle:\s*(?:\{\s*default:\s*)?(['"`])([^'"`\n]{3,120})\1/;

/** The first words of the page's title, in characters that HTML leaves as they are. */
function frontPageTitle(repo: Repo): string | undefined {
  for (const { appDir } of repo.layout.apps) {
    const layout = repo.find(/layout\.[jt]sx?$/).find((path) => path.startsWith(`${appDir}/layout.`));
    const title = layout === undefined ? undefined : TITLE.exec(repo.peek(layout) ?? '')?.[2];
    const plain = /^[\w. -]{3,60}/.exec(title ?? '')?.[0].trim();
    if (plain !== undefined && plain.length > 2) return plain;
  }
  return undefined;
}

/** Whether a backup tells a monitor of each success. */
export function hasPing(repo: Repo): boolean {
  return repo.find(/\.sh$/).some((path) => repo.mentions(path, 'BACKUP_PING_URL'));
}
