import type { z } from 'zod';
import type { Edit, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { apiModules, hasUsersDatabase, keepsUsersOtherwise } from '../../src/edit/api-modules.ts';
import { dependencyOf } from '../../src/read/code/code-base.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { helperEdit } from './apply/helper-edit.ts';
import { invitationEdits } from './apply/invitations.ts';
import { keysEdit } from './apply/keys-edit.ts';
import { PLANS } from './apply/plans.ts';
import { replyPageEdits } from './apply/reply-page.ts';
import { routeEdit } from './apply/route-edit.ts';
import { siblingEdit } from './apply/sibling-edit.ts';
import { testEdits } from './apply/tests.ts';
import type { Code } from './detect.ts';
import type { ApiState, JudgedRoute } from './read.ts';
import { schemaSteps, stepsFor, unreachedSteps } from './steps.ts';

const BESIDES: readonly Besides[] = [
  [
    /(^|\/)api\/invite\/route\.ts$/,
    'Only the owner invites people, and the mail has other words: it holds a link that opens an account, even while sign-up is closed.',
  ],
  [/(^|\/)migrations\.ts$/, "Adds a table to the users' database, at the next start."],
  [
    /(^|\/)(?!route\.ts$)[\w-]+\.ts$/,
    'Every route that goes through {{path}} gives up after eight seconds (UPSTREAM_TIMEOUT_MS sets another time), and answers 502 where the service refuses the key of this app.',
  ],
];

/** What closes some findings, with the modules that it imports. */
interface Part {
  /** The address of the route that is finished; absent for a helper. */
  readonly url?: string;
  readonly closes: readonly Finding<Code>[];
  readonly edits: readonly Edit[];
}

/** Everything that is missing of a route is one unit; that keys can only be read is a question of its own. */
export function unitOf({ code, path }: Finding<Code>): string {
  return code === 'read-only' ? `keys ${path}` : path;
}

/** Whether the edits wait for the users of GAP-004: not where they are, nor where the app has users of its own. */
export function needsRequired({ repo, apps }: ApiState): boolean {
  return apps.some(
    (app) => knownSignIn(repo, app) && !hasUsersDatabase(repo, app) && !keepsUsersOtherwise(repo, app),
  );
}

/** `siblings`: routes that the runbook does not name get the parts that need no decision. */
export const routeOptions = (zod: typeof z) => zod.object({ siblings: zod.boolean().default(false) });

/** Finishes the routes whose shape is known, and says what to do about the others. */
export function applyRoutes(
  state: ApiState,
  wanted: readonly Finding<Code>[],
  { siblings }: z.infer<ReturnType<typeof routeOptions>>,
): Fix {
  const { repo, routes } = state;
  const apps = [...new Set(routes.map(({ app }) => app))];
  const known = apps.flatMap((app) => knownSignIn(repo, app) ?? []);
  const fixes = known.map((signIn) => appFix(state, signIn, wanted, siblings));
  const edits = fixes.flatMap((fix) => fix.edits);
  const closed = new Set(fixes.flatMap(({ closes }) => closes));
  return {
    edits,
    ...besides(edits, BESIDES),
    manual: [
      ...known.flatMap(({ base }) => unreachedSteps(repo, base.app, edits)),
      ...schemaSteps(edits),
      ...stepsFor(wanted.filter((finding) => !closed.has(finding))),
    ],
  };
}

/** What one app gets: nothing where something else stands in place of a module that its edits import. */
function appFix(state: ApiState, signIn: SignIn, wanted: readonly Finding<Code>[], siblings: boolean): Part {
  const { repo } = state;
  const parts = [
    ...routeParts(state, signIn, wanted),
    ...helperParts(state, signIn, wanted),
    ...(siblings ? siblingParts(state, signIn, wanted) : []),
  ];
  const edits = parts.flatMap((part) => part.edits);
  const modules = modulesFor(repo, signIn, edits);
  if (!modules) return { closes: [], edits: [] };
  const urls = parts.flatMap(({ url }) => url ?? []);
  return {
    closes: parts.flatMap(({ closes }) => closes),
    edits: [...modules, ...edits, ...testEdits(repo, signIn, urls)],
  };
}

function routeParts(
  { repo, routes }: ApiState,
  signIn: SignIn,
  wanted: readonly Finding<Code>[],
): readonly Part[] {
  return routes
    .filter(({ app, standing }) => app === signIn.base.app && standing === 'named')
    .flatMap((route) => {
      const { url, path } = route;
      const own = wanted.filter((finding) => finding.path === path);
      const edits = own.length > 0 ? routeEdits(repo, signIn, route) : [];
      const isKept = ({ code }: Finding<Code>) =>
        LEFT.has(code) && !(code === 'no-invitation-record' && url === INVITE);
      const closes = own.filter((finding) => !isKept(finding));
      return edits.length > 0 && closes.length > 0 ? [{ url, closes, edits }] : [];
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
function routeEdits(repo: Repo, signIn: SignIn, { app, url, path }: JudgedRoute): readonly Edit[] {
  const plan = PLANS.get(url);
  const edit = plan ? routeEdit(repo, app, path, plan) : undefined;
  if (edit) return [edit, ...replyPageEdits(repo, app, url)];
  if (url === '/api/admin/api-keys') return [keysEdit(repo, app, path) ?? []].flat();
  return (url === INVITE && invitationEdits(repo, signIn, path)) || [];
}

function siblingParts(
  { repo, routes }: ApiState,
  { base }: SignIn,
  wanted: readonly Finding<Code>[],
): readonly Part[] {
  return routes
    .filter(({ app, standing }) => app === base.app && standing === 'sibling')
    .filter(({ path }) => wanted.some((finding) => finding.path === path))
    .flatMap((route) => {
      const edit = siblingEdit(repo, route);
      return edit ? [{ closes: [], edits: [edit] }] : [];
    });
}

/** The helpers through which routes of the app ask their services. */
function helperParts(
  { repo, routes }: ApiState,
  { base: { app } }: SignIn,
  wanted: readonly Finding<Code>[],
): readonly Part[] {
  const asking = routes.filter((route) => route.app === app);
  const helpers = wanted.filter(
    ({ code, path }) =>
      code === 'waits-forever' &&
      !asking.some((route) => route.path === path) &&
      asking.some(({ waiting }) => waiting.some((each) => each.path === path)),
  );
  return helpers.flatMap((finding) => {
    const edit = helperEdit(repo, app, finding.path);
    return edit ? [{ closes: [finding], edits: [edit] }] : [];
  });
}

const MODULE = /\/(api\/(?:answers|guard|upstream|client|same-origin|schemas\/[\w-]+))['"]/g;

/** The new modules that the edits import; undefined where something else stands in their place. */
function modulesFor(
  repo: Repo,
  { base, configs }: SignIn,
  edits: readonly Edit[],
): readonly Edit[] | undefined {
  const named = [...edits.map(textOf).join('\n').matchAll(MODULE)].map(([, name]) => `lib/${name}.ts`);
  const [config] = configs;
  return config && apiModules(repo, base.app, config.path, [...new Set(named)]);
}

function textOf(edit: Edit): string {
  if (edit.kind === 'create') return edit.text;
  return edit.kind === 'splice' ? edit.spans.map(({ text }) => text).join('\n') : '';
}

/** NextAuth 4 in an App Router written in TypeScript, with zod: what the modules are written for. */
function knownSignIn(repo: Repo, app: NextApp): SignIn | undefined {
  const signIn = app.typescript && app.appDir !== undefined ? findSignIn(repo, app) : undefined;
  if (!signIn?.configs[0] || signIn.hosted) return undefined;
  const { range = '' } = dependencyOf(signIn.base, /^next-auth$/) ?? {};
  return /^[\^~]?4(?:\.|$)/.test(range) && dependencyOf(signIn.base, /^zod$/) ? signIn : undefined;
}
