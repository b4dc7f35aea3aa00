import type { Dependency, Edit, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { createFromTemplate, placeOf } from '../../src/edit/from-template.ts';
import { codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { basename, isInside, join } from '../../src/repo/paths.ts';
import { boundaryParts } from './boundaries.ts';
import { buildParts } from './build-arguments.ts';
import { configPart } from './next-config.ts';
import { joinParts, type Part } from './part.ts';
import { foreignPolicyParts, policyParts } from './policy.ts';
import { sharedRouteParts } from './shared-routes.ts';
import { isStaticExport } from './static-export.ts';
import { conflictStep, dsnStep, stepsFor } from './steps.ts';
import { isAtLeast } from './tracking.ts';

const GAP = 'gap-007-error-tracking';
const PACKAGE = '@sentry/nextjs';
/** The first that names its wrapper as the next major will; 10 works with Next.js 13.2 to 16. */
const RANGE = '^10.78.0';
const SHARED = [
  'options',
  'report-limit',
  'scrub',
  'scrub-text',
  'secret-pairs',
  'secret-names',
  'sentence-words',
].map((name) => `lib/error-tracking/${name}.ts`);
const SERVER = ['sentry.server.config.ts', 'sentry.edge.config.ts'];
const HOOK = 'instrumentation.ts';
/** Before 15 Next.js has no hook for errors: its file needs nothing of the SDK. */
const EARLIER_HOOK = 'instrumentation.before-15.ts';
const CLIENT = 'sentry.client.config.ts';
/** What Next.js itself loads from 15.3 on, with any bundler. */
const LATER_CLIENT = 'instrumentation-client.ts';

/** What the apps get. They may share files: the edits of all of them are made at once. */
export function trackingFix(repo: Repo, findings: readonly Finding[]): Fix {
  const fixes = repo.layout.apps.map((app) => {
    const own = findings.filter(({ path }) => app.dir === '' || isInside(app.dir, path));
    return appFix(repo, app, own);
  });
  const joined = joinParts(
    repo,
    fixes.flatMap(({ parts }) => parts),
  );
  return {
    ...joined,
    ...besides(joined.edits, BESIDES),
    dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
  };
}

const BESIDES: readonly Besides[] = [
  [/(^|\/)middleware\.[jt]s$/, "Lets the tracker's host through the Content-Security-Policy of {{path}}."],
  [/(^|\/)lib\/[\w/-]+\.[jt]s$/, 'Logs the errors that {{path}} catches.'],
  [/(^|\/)Dockerfile$/, 'Gives the build of {{path}} the DSN of the browser.'],
];

interface AppFix {
  readonly parts: readonly Part[];
  readonly dependencies?: readonly Dependency[];
}

/** Everything, or exact steps where the app is not of a shape that is known. */
function appFix(repo: Repo, app: NextApp, findings: readonly Finding[]): AppFix {
  const declared = dependencyOf(codeBaseOf(repo, app), /^@sentry\/nextjs$/);
  if (!isBare(findings, declared?.range) || !isKnownShape(app))
    return { parts: [{ manual: stepsFor(findings) }] };
  const conflict = findConflict(repo, app);
  if (conflict !== undefined) return { parts: [{ manual: [conflictStep(conflict), ...stepsFor(findings)] }] };
  const isStatic = isStaticExport(repo, app);
  const config = configPart(repo, app, !isAtLeast(app.next, 15, 0) && !isStatic);
  // Nothing but the wrapper loads the rest: without it the files would stand there and report nothing.
  if (config.manual) return { parts: [{ manual: [...config.manual, ...stepsFor(findings)] }] };
  const parts = [
    { created: createdFiles(repo, app, isStatic) },
    config,
    ...policyParts(repo, app),
    ...foreignPolicyParts(repo),
    ...sharedRouteParts(repo, app),
    // Without a tracker nothing is said about boundaries: all of them are part of the one finding.
    ...boundaryParts(repo, app, PACKAGE, (path) => !declared || isNoted(findings, path)),
    ...buildParts(repo, app),
    { manual: [dsnStep(imageBuilders(repo, app), isStatic)] },
  ];
  if (declared) return { parts };
  const why = 'carries errors of the server and of the browser to Sentry';
  return { parts, dependencies: [{ dir: app.dir, name: PACKAGE, range: RANGE, dev: false, why }] };
}

function isNoted(findings: readonly Finding[], path: string): boolean {
  return findings.some((finding) => finding.code === 'quiet-boundary' && finding.path === path);
}

/** No tracker at all, or Sentry at a version that the templates are written for, and nothing that starts it. */
function isBare(findings: readonly Finding[], range: string | undefined): boolean {
  if (range === undefined) return findings.some(({ code }) => code === 'no-error-tracking');
  const idle = findings.filter(({ code }) => code === 'never-initialised');
  return (
    idle.some(({ data }) => data?.tracker === 'Sentry') &&
    /^[\^~]?10\./.test(range) &&
    isAtLeast(range, 10, 78)
  );
}

/** An App Router in TypeScript, at a version that the package declares to work with. */
function isKnownShape({ typescript, appDir, next, configPath }: NextApp): boolean {
  const isKnown = /^[\^~]?1[3-6](\.|$)/.test(next) && isAtLeast(next, 13, 2);
  return typescript && appDir !== undefined && isKnown && configPath !== undefined;
}

/** Anything that stands where a file would go, or does its work under another extension. */
function findConflict(repo: Repo, app: NextApp): string | undefined {
  const own = app.files.find(
    (path) =>
      /^(sentry\.(client|server|edge)\.config|instrumentation(-client)?)\.[cm]?[jt]sx?$/.test(
        basename(path),
      ) && [app.dir, app.sourceDir].includes(path.slice(0, -basename(path).length - 1) || ''),
  );
  return own ?? createdPaths(app).find((path) => repo.occupied(path));
}

function createdPaths(app: NextApp): readonly string[] {
  return [...[...SHARED, HOOK, ...SERVER].map((file) => placeOf(app, file)), clientPath(app)];
}

/** Before 15.3 Sentry's wrapper looks for the file beside next.config alone. */
function clientPath(app: NextApp): string {
  return isAtLeast(app.next, 15, 3) ? placeOf(app, LATER_CLIENT) : join(app.dir, CLIENT);
}

function createdFiles(
  repo: Repo,
  app: NextApp,
  isStatic: boolean,
): readonly (Edit & { readonly kind: 'create' })[] {
  const isLater = isAtLeast(app.next, 15, 3);
  const client = createFromTemplate(repo, app, GAP, isLater ? LATER_CLIENT : CLIENT, '');
  const path = clientPath(app);
  const source = app.sourceDir.slice(app.dir === '' ? 0 : app.dir.length + 1);
  const text =
    path === client.path ? client.text : client.text.replace(/(['"])\.\/lib\//, `$1./${source}/lib/`);
  const own = isStatic ? SHARED : [...SHARED, ...SERVER];
  return [
    ...own.map((file) => createFromTemplate(repo, app, GAP, file, '')),
    ...(isStatic ? [] : [hookFile(repo, app)]),
    { ...client, path, text },
  ];
}

function hookFile(repo: Repo, app: NextApp): Edit & { readonly kind: 'create' } {
  const file = isAtLeast(app.next, 15, 0) ? HOOK : EARLIER_HOOK;
  return { ...createFromTemplate(repo, app, GAP, file, ''), path: placeOf(app, HOOK) };
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
