import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import { mayBeAtLeast } from '../../../src/read/code/version-ranges.ts';
import { basename, dirname, join } from '../../../src/repo/paths.ts';

type Created = Edit & { readonly kind: 'create' };

const GAP = 'gap-007-error-tracking';
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
/** What stands for one of them, whatever its extension. */
const SAME_TASK = /^(sentry\.(client|server|edge)\.config|instrumentation(-client)?)\.[cm]?[jt]sx?$/;

/** Anything that stands where a file would go, or does its work under another extension. */
export function conflictOf(repo: Repo, app: NextApp): string | undefined {
  const own = app.files.find(
    (path) => SAME_TASK.test(basename(path)) && [app.dir, app.sourceDir].includes(dirname(path)),
  );
  return own ?? createdPaths(app).find((path) => repo.occupied(path));
}

function createdPaths(app: NextApp): readonly string[] {
  return [...[...SHARED, HOOK, ...SERVER].map((file) => placeOf(app, file)), clientPath(app)];
}

/** Before 15.3 Sentry's wrapper looks for the file beside next.config alone. */
function clientPath(app: NextApp): string {
  return mayBeAtLeast(app.next, '15.3.0') ? placeOf(app, LATER_CLIENT) : join(app.dir, CLIENT);
}

/** The files that start Sentry; a static export has no server to start it on. */
export function createdFiles(repo: Repo, app: NextApp, isStatic: boolean): readonly Created[] {
  const own = isStatic ? SHARED : [...SHARED, ...SERVER];
  return [
    ...own.map((file) => createFromTemplate(repo, app, GAP, file, '')),
    ...(isStatic ? [] : [hookFile(repo, app)]),
    clientFile(repo, app),
  ];
}

function clientFile(repo: Repo, app: NextApp): Created {
  const file = mayBeAtLeast(app.next, '15.3.0') ? LATER_CLIENT : CLIENT;
  const client = createFromTemplate(repo, app, GAP, file, '');
  const path = clientPath(app);
  if (path === client.path) return client;
  const source = app.sourceDir.slice(app.dir === '' ? 0 : app.dir.length + 1);
  return { ...client, path, text: client.text.replace(/(['"])\.\/lib\//, `$1./${source}/lib/`) };
}

function hookFile(repo: Repo, app: NextApp): Created {
  const file = mayBeAtLeast(app.next, '15.0.0') ? HOOK : EARLIER_HOOK;
  return { ...createFromTemplate(repo, app, GAP, file, ''), path: placeOf(app, HOOK) };
}
