import { type Detection, defineGap, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { basename } from '../../src/repo/paths.ts';
import { quietBoundariesOf } from './boundaries.ts';
import { checksOf } from './checks.ts';
import { findBlockingPolicy } from './csp.ts';
import { isStaticExport } from './static-export.ts';
import { type Declared, type Start, type Tracking, trackingOf } from './tracking.ts';
import { trackingFix } from './tracking-fix.ts';

export type Code =
  | 'no-error-tracking'
  | 'never-initialised'
  | 'never-loaded'
  | 'one-side-only'
  | 'blocked-by-csp'
  | 'other-side-unseen'
  | 'quiet-boundary';

export default defineGap({
  meta: {
    id: 'GAP-007',
    slug: 'error-tracking',
    title: 'Set up error tracking (Sentry)',
    problem: 'Errors in production reach nobody, neither those of the server nor those of the browser.',
    looksFor:
      'A Next.js app without an error tracker, with one that is never started or whose start is never loaded, or whose Content-Security-Policy blocks it.',
    category: 'Observability',
    priority: 'P1',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/{instrumentation,instrumentation-client}.ts',
      '**/sentry.{client,server,edge}.config.ts',
      '**/lib/error-tracking/*.ts',
      '**/next.config.{js,cjs,mjs,ts}',
      // Where code writes a policy.
      '**/{middleware,proxy}.{ts,js}',
      '**/*{csp,polic,security,header}*.{ts,js}',
      '**/security/*.{ts,js}',
      // What routes ask a backend with.
      '**/*{proxy,gateway,backend,upstream}*.{ts,js}',
      '**/{error,global-error}.{tsx,jsx}',
      '**/Dockerfile',
      '**/*compose*.{yml,yaml}',
      '**/*env*.{example,sample,template}',
    ],
    messages: {
      'no-error-tracking': '{{app}} declares no error tracker.',
      'never-initialised': '{{tracker}} is declared here, and no code starts it.',
      'never-loaded': '{{tracker}} is started here, and this never runs: {{reason}}.',
      'one-side-only': '{{tracker}} is started in the {{side}} only; errors of the {{other}} reach nobody.',
      'blocked-by-csp': 'This policy keeps the browser from sending errors to {{tracker}}.',
      'other-side-unseen': {
        text: '{{tracker}} is started in the {{side}} only; nothing here carries errors of the {{other}} away.',
        kind: 'note',
      },
      'quiet-boundary': {
        text: 'This boundary catches errors and passes none on to {{tracker}}.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-007',
      'https://docs.sentry.io/platforms/javascript/guides/nextjs/manual-setup/',
      'https://nextjs.org/docs/app/guides/instrumentation',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/connect-src',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }): Detection<Code> {
    const all = repo.layout.apps.map((app) => trackingOf(repo, app));
    if (all.length === 0) return notApplicable('no Next.js app');
    const findings = all.flatMap((tracking) => findingsOf(repo, tracking));
    const names = all.flatMap(({ declared }) => declared.map(({ tracker }) => tracker.name));
    return {
      findings,
      ...(names.length > 0 ? { reason: `error tracking by ${[...new Set(names)].join(', ')}` } : {}),
    };
  },

  apply: ({ repo }, findings) => trackingFix(repo, findings),

  verify: ({ repo }) => checksOf(repo),
});

function findingsOf(repo: Repo, tracking: Tracking): readonly Finding<Code>[] {
  const { app, declared, own } = tracking;
  const name = app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir));
  if (declared.length === 0)
    return own ? [] : [{ code: 'no-error-tracking', path: app.workspace.path, at: 0, data: { app: name } }];
  const running = declared.flatMap(({ starts }) => starts.filter(({ idle }) => idle === undefined));
  const findings = declared.flatMap((each) => notRunning(each, running, own !== undefined));
  const sentry = declared.find(({ tracker }) => tracker.name === 'Sentry');
  const started = sentry ?? declared.find(({ starts }) => starts.some(({ idle }) => idle === undefined));
  if (findings.length === 0 && started && running.length > 0)
    findings.push(...missingSide(started, running, isStaticExport(repo, app)));
  const policy = findBlockingPolicy(repo, tracking);
  const names = declared.map(({ tracker }) => tracker.name).join(', ');
  if (policy)
    findings.push({ code: 'blocked-by-csp', path: policy.path, at: policy.at, data: { tracker: names } });
  return [...findings, ...quietBoundaries(repo, tracking, names)];
}

/**
 * A tracker that is declared and idle counts as long as no other one runs; an idle start does unless another file
 * starts the same tracker there. Traces alone carry errors, too, but nobody misses them beside a tracker.
 */
function notRunning(declared: Declared, running: readonly Start[], hasOwn: boolean): Finding<Code>[] {
  const { tracker, starts, manifest, at } = declared;
  if (starts.length === 0)
    return running.length > 0 || hasOwn
      ? []
      : [{ code: 'never-initialised', path: manifest, at, data: { tracker: tracker.name } }];
  const covering = tracker.ingest === undefined ? running : starts.filter(({ idle }) => idle === undefined);
  const isCovered = (side: Start['side']) =>
    covering.some((start) => start.side === 'both' || start.side === side);
  return starts.flatMap(({ place, side, idle }) =>
    idle === undefined || isCovered(side)
      ? []
      : [
          {
            code: 'never-loaded' as const,
            path: place.path,
            at: place.at,
            data: { tracker: tracker.name, reason: idle },
          },
        ],
  );
}

function missingSide(
  { tracker, starts }: Declared,
  running: readonly Start[],
  isStatic: boolean,
): readonly Finding<Code>[] {
  const has = (side: Start['side']) => running.some((start) => start.side === side || start.side === 'both');
  if (isStatic && has('browser')) return [];
  const first = starts[0];
  if (!first || (has('server') && has('browser'))) return [];
  const [side, other] = has('server') ? ['server', 'browser'] : ['browser', 'server'];
  const { path, at } = first.place;
  // Sentry's guide sets up both; of others, one side may be all that was wanted.
  const code = tracker.name === 'Sentry' ? 'one-side-only' : 'other-side-unseen';
  return [{ code, path, at, data: { tracker: tracker.name, side, other } }];
}

function quietBoundaries(repo: Repo, { app }: Tracking, names: string): readonly Finding<Code>[] {
  return quietBoundariesOf(repo, app).map((path) => ({
    code: 'quiet-boundary',
    path,
    at: 0,
    data: { tracker: names },
  }));
}
