import type { Edit, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { apiModules } from '../../src/edit/api-modules.ts';
import { type CodeBase, dependencyOf } from '../../src/read/code/code-base.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { helperEdit } from './apply/helper-edit.ts';
import { invitationEdits } from './apply/invitations.ts';
import { keysEdit } from './apply/keys-edit.ts';
import { PLANS } from './apply/plans.ts';
import { routeEdit } from './apply/route-edit.ts';
import type { Code } from './detect.ts';
import type { ApiState, JudgedRoute } from './read.ts';
import { stepsFor } from './steps.ts';

/** What closes some findings, with the modules that it imports. */
interface Part {
  readonly app: NextApp;
  readonly closes: readonly Finding<Code>[];
  readonly edits: readonly Edit[];
}

/** Everything that is missing of a route is one unit; that keys can only be read is a question of its own. */
export function unitOf({ code, path }: Finding<Code>): string {
  return code === 'read-only' ? `keys ${path}` : path;
}

/** Whether any edit is built on the users of GAP-004: where only steps are left, nobody has to wait. */
export function needsRequired(state: ApiState): boolean {
  return state.routes.some(
    ({ app, url, standing }) => standing === 'named' && PLANS.has(url) && isKnownApp(state.repo, app),
  );
}

/** Finishes the routes whose shape is known, and says what to do about the others. */
export function applyRoutes(state: ApiState, wanted: readonly Finding<Code>[]): Fix {
  const { repo } = state;
  const parts = [...routeParts(state, wanted), ...helperParts(state, wanted)];
  const apps = [...new Set(parts.map(({ app }) => app))];
  const modules = apps.map((app) =>
    modulesFor(
      repo,
      app,
      parts.filter((part) => part.app === app),
    ),
  );
  const done = apps.flatMap((app, index) => (modules[index] ? parts.filter((part) => part.app === app) : []));
  const closed = new Set(done.flatMap(({ closes }) => closes));
  return {
    edits: [...modules.flatMap((each) => each ?? []), ...done.flatMap(({ edits }) => edits)],
    manual: stepsFor(wanted.filter((finding) => !closed.has(finding))),
  };
}

function routeParts({ repo, routes }: ApiState, wanted: readonly Finding<Code>[]): readonly Part[] {
  return routes.flatMap((route) => {
    const { app, url, path, standing } = route;
    const own = standing === 'named' ? wanted.filter((finding) => finding.path === path) : [];
    const edits = own.length > 0 && isKnownApp(repo, app) ? routeEdits(repo, route) : [];
    const closes = own.filter(
      ({ code }) => !LEFT.has(code) || (code === 'no-invitation-record' && url === INVITE),
    );
    return edits.length > 0 && closes.length > 0 ? [{ app, closes, edits }] : [];
  });
}

const INVITE = '/api/invite';
/** What no edit of a handler closes: nothing makes a key, or real data, out of one that has none. */
const LEFT: ReadonlySet<Code> = new Set([
  'read-only',
  'stub-route',
  'mock-data',
  'unread-route',
  'no-invitation-record',
]);

/** What finishes a route; nothing where its shape is not known. */
function routeEdits(repo: Repo, { app, url, path }: JudgedRoute): readonly Edit[] {
  const plan = PLANS.get(url);
  if (plan) return [routeEdit(repo, app, path, plan) ?? []].flat();
  if (url === '/api/admin/api-keys') return [keysEdit(repo, app, path) ?? []].flat();
  const signIn = url === INVITE ? signInOf(repo, app) : undefined;
  return (signIn && invitationEdits(repo, signIn, path)) ?? [];
}

function helperParts({ repo, routes }: ApiState, wanted: readonly Finding<Code>[]): readonly Part[] {
  const helpers = wanted.filter(
    ({ code, path }) => code === 'waits-forever' && !routes.some((route) => route.path === path),
  );
  return helpers.flatMap((finding) => {
    const app = routes.find(({ waiting }) => waiting.some(({ path }) => path === finding.path))?.app;
    const edit = app && isKnownApp(repo, app) ? helperEdit(repo, app, finding.path) : undefined;
    return app && edit ? [{ app, closes: [finding], edits: [edit] }] : [];
  });
}

/** The new modules that the edits import; undefined where something else stands in their place. */
function modulesFor(repo: Repo, app: NextApp, parts: readonly Part[]): readonly Edit[] | undefined {
  const authPath = signInOf(repo, app)?.configs[0]?.path;
  const text = parts.flatMap(({ edits }) => edits.map(textOf)).join('\n');
  const named = [
    ...text.matchAll(/\/(api\/(?:answers|guard|upstream|client|same-origin|schemas\/[\w-]+))['"]/g),
  ];
  const roots = [...new Set(named.map(([, name]) => `lib/${name}.ts`))];
  return authPath === undefined ? undefined : apiModules(repo, app, authPath, roots);
}

function textOf(edit: Edit): string {
  if (edit.kind === 'create') return edit.text;
  return edit.kind === 'splice' ? edit.spans.map(({ text }) => text).join('\n') : '';
}

/** NextAuth 4 in an App Router written in TypeScript, with zod: what the modules are written for. */
function isKnownApp(repo: Repo, app: NextApp): boolean {
  const signIn = signInOf(repo, app);
  if (!signIn || !app.typescript || app.appDir === undefined) return false;
  return (
    isVersion(signIn.base, /^next-auth$/, /^[\^~]?4(?:\.|$)/) &&
    dependencyOf(signIn.base, /^zod$/) !== undefined
  );
}

function isVersion(base: CodeBase, name: RegExp, version: RegExp): boolean {
  return version.test(dependencyOf(base, name)?.range ?? '');
}

function signInOf(repo: Repo, app: NextApp): SignIn | undefined {
  const signIn = findSignIn(repo, app);
  return signIn && !signIn.hosted && signIn.configs[0] ? signIn : undefined;
}
