import type { Dependency, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { mayBeAtLeast, staysWithin } from '../../src/read/code/version-ranges.ts';
import { boundaryChanges } from './apply/boundaries.ts';
import { buildChanges } from './apply/build-arguments.ts';
import { type Change, joinChanges } from './apply/changes.ts';
import { conflictOf, createdFiles } from './apply/created-files.ts';
import { configChange } from './apply/next-config.ts';
import { foreignPolicyChanges, policyChanges } from './apply/policy-edits.ts';
import { sharedRouteChanges } from './apply/shared-routes.ts';
import { type Code, findingsOf } from './detect.ts';
import { type AppTracking, declaredIn, type TrackingState } from './read.ts';
import { conflictStep, dsnStep, stepsFor, tracesStep } from './steps.ts';

type Wanted = readonly Finding<Code>[];

const PACKAGE = '@sentry/nextjs';
/** The first that names its wrapper as the next major will; 10 works with Next.js 13.2 to 16. */
const RANGE = '^10.78.0';

const BESIDES: readonly Besides[] = [
  [/(^|\/)middleware\.[jt]s$/, "Lets the tracker's host through the Content-Security-Policy of {{path}}."],
  [/(^|\/)lib\/[\w/-]+\.[jt]s$/, 'Logs the errors that {{path}} catches.'],
  [/(^|\/)Dockerfile$/, 'Gives the build of {{path}} the DSN of the browser.'],
];

/** What the apps get. They may share files: the edits of all of them are made at once. */
export function apply({ repo, apps }: TrackingState, wanted: Wanted): Fix {
  const fixes = apps.map((app) => appFix(repo, app, wantedOf(app, wanted)));
  const joined = joinChanges(
    repo,
    fixes.flatMap(({ changes }) => changes),
  );
  return {
    ...joined,
    ...besides(joined.edits, BESIDES),
    dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
  };
}

/** A package that two apps share may be what is wrong with both. */
function wantedOf(app: AppTracking, wanted: Wanted): Wanted {
  const own = findingsOf(app);
  return wanted.filter(({ code, path, at }) =>
    own.some((finding) => finding.code === code && finding.path === path && finding.at === at),
  );
}

interface AppFix {
  readonly changes: readonly Change[];
  readonly dependencies?: readonly Dependency[];
}

/** Everything, or exact steps where the app is not of a shape that is known. */
function appFix(repo: Repo, tracking: AppTracking, wanted: Wanted): AppFix {
  const { app, isStatic, traces } = tracking;
  const byHand = (first: Change['manual'] = []) => ({
    changes: [{ manual: [...first, ...stepsFor(wanted)] }],
  });
  const start = startOf(tracking, wanted);
  if (start === undefined || !isKnownShape(app)) return byHand();
  if (traces) return byHand([tracesStep(traces.path)]);
  const conflict = conflictOf(repo, app);
  if (conflict !== undefined) return byHand([conflictStep(conflict)]);
  const config = configChange(repo, app, !mayBeAtLeast(app.next, '15.0.0') && !isStatic);
  // Nothing but the wrapper loads the rest: without it the files would stand there and report nothing.
  if (config.manual) return byHand(config.manual);
  const changes = [
    { created: createdFiles(repo, app, isStatic) },
    config,
    ...policyChanges(repo, tracking),
    ...foreignPolicyChanges(repo),
    ...sharedRouteChanges(repo, app),
    ...boundaryChanges(repo, app, PACKAGE, boundariesOf(tracking, wanted)),
    ...buildChanges(repo, app, isStatic),
    { manual: [dsnStep(imageBuilders(repo, app), isStatic)] },
  ];
  if (start === 'declared') return { changes };
  const why = 'carries errors of the server and of the browser to Sentry';
  return { changes, dependencies: [{ dir: app.dir, name: PACKAGE, range: RANGE, dev: false, why }] };
}

/** No tracker at all, or Sentry at a version that the templates are written for, and nothing that starts it. */
function startOf(tracking: AppTracking, wanted: Wanted): 'absent' | 'declared' | undefined {
  if (wanted.some(({ code }) => code === 'no-error-tracking')) return 'absent';
  const idle = wanted
    .filter(({ code }) => code === 'never-initialised')
    .map((finding) => declaredIn(tracking, finding));
  const isKnown = idle.some(
    (each) =>
      each?.name === PACKAGE &&
      staysWithin(each.range, '>=10.0.0 <11.0.0-0') &&
      mayBeAtLeast(each.range, '10.78.0'),
  );
  return isKnown ? 'declared' : undefined;
}

/** Without a tracker nothing is said about boundaries: all of them are part of the one finding. */
function boundariesOf({ declared, quiet }: AppTracking, wanted: Wanted): readonly string[] {
  if (declared.length === 0) return quiet;
  return quiet.filter((path) =>
    wanted.some((finding) => finding.code === 'quiet-boundary' && finding.path === path),
  );
}

/** An App Router in TypeScript, at a version that the package declares to work with. */
function isKnownShape({ typescript, appDir, next, configPath }: NextApp): boolean {
  const isKnown = mayBeAtLeast(next, '13.2.0') && staysWithin(next, '>=13.0.0 <17.0.0-0');
  return typescript && appDir !== undefined && isKnown && configPath !== undefined;
}

/** Pipelines that build the app's image by hand: an argument of Compose does not reach those. */
function imageBuilders(repo: Repo, { dir }: NextApp): readonly string[] {
  return repo
    .find(/^(cloudbuild[\w.-]*\.ya?ml|\.github\/workflows\/[\w.-]+\.ya?ml|\.gitlab-ci\.yml)$/)
    .filter((path) => {
      const text = repo.peek(path) ?? '';
      return text.includes(dir) && /\bdocker\b[\s\S]{0,80}\bbuild\b|build-push-action/.test(text);
    });
}
