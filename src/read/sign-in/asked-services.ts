import type { CallExpression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { findCode } from '../code/code-base.ts';
import { peekModule } from '../code/imports.ts';
import { reachedThat } from '../code/reach.ts';
import { walk } from '../code/walk.ts';
import { routeHandlers } from '../next/next-routes.ts';
import { addressOf, routeAt } from './own-address.ts';
import { lastName } from './own-functions.ts';
import { asksService } from './password-keeper.ts';
import { type SignIn, STAND_IN, signInEntries } from './sign-in.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const REQUEST_WORDS =
  /\bfetch\b|axios|\.(?:post|put|request|mutate|mutation|login)\b|useMutation|graphql|\bky\b|\bgot\b|ofetch/i;
const SIGN_IN_WORDS = /log-?_?in|sign-?_?in|auth|tokens?\b|sessions?\b|credentials|passw/i;

/** A file of sign-in that hands what is typed to another service. */
export function findRequestElsewhere(repo: Repo, signIn: SignIn): string | undefined {
  const { base } = signIn;
  const asking = reachedThat(
    repo,
    base.app,
    signInEntries(signIn),
    (path) => CODE.test(path) && repo.mentions(path, REQUEST_WORDS),
  );
  return (
    asking.find((path) => {
      const module = peekModule(repo, path);
      return module && signInCalls(module).some((call) => asksService(repo, base.app, module, call));
    }) ??
    findUnserved(repo, signIn) ??
    findSentAway(repo, signIn)
  );
}

const SENDS_AWAY = /\bmethod["']?\s{0,9}[:=]\s{0,9}["'`]POST\b|\.post(?:<[^>]{0,80}>)?\(/i;

/** What an app sends that has no server side of its own goes to somebody else, by whatever function it is sent. */
function findSentAway(repo: Repo, signIn: SignIn): string | undefined {
  const { base, configs, hosted } = signIn;
  const isAnswered =
    configs.length > 0 ||
    hosted !== undefined ||
    routeHandlers(repo, base.app).some(({ path }) => repo.mentions(path, SIGN_IN_WORDS)) ||
    base.code.some((path) => repo.mentions(path, /['"]use server['"]/));
  const sends = (path: string) =>
    CODE.test(path) &&
    SIGN_IN_WORDS.test(repo.peek(path) ?? '') &&
    findCode(repo, [path], SENDS_AWAY) !== undefined;
  return isAnswered ? undefined : reachedThat(repo, base.app, signInEntries(signIn), sends)[0];
}

/** Calls whose words speak of signing in. */
function signInCalls(module: SourceModule): readonly CallExpression[] {
  const found: CallExpression[] = [];
  walk(module, {
    CallExpression: (call) => {
      if (SIGN_IN_WORDS.test(module.text.slice(call.start, call.end)) && call.end - call.start < MOST)
        found.push(call);
    },
  });
  return found;
}

/** A call that holds half of a component says nothing about one request. */
const MOST = 1500;
const POSTS =
  /\b\w{0,40}(?:fetch|post|request|mutate|axios|ky|got)\w{0,40}(?:<[^>]{0,200}>)?\(\s*['"`](\/[^'"`\n]*(?:log-?in|sign-?in|auth|tokens?|sessions?)\b[^'"`\n]*)|\bsdk\.auth\.(?:login|register)\(/i;

/**
 * A sign-in address that the app does not serve: without a library and a handler of its own, it is another service's,
 * however it is written.
 */
function findUnserved(repo: Repo, { base, configs, handlers, hosted }: SignIn): string | undefined {
  if (configs.length > 0 || handlers.length > 0 || hosted) return undefined;
  const place = findCode(
    repo,
    base.code.filter((path) => !STAND_IN.test(path)),
    POSTS,
  );
  const [, address] = place ? (POSTS.exec(place.match) ?? []) : [];
  return place && (address === undefined || routeAt(repo, base.app, address) === undefined)
    ? place.path
    : undefined;
}

/** A page, a route or an action of sign-in that sends people to another service. */
export function findRedirectElsewhere(repo: Repo, signIn: SignIn): string | undefined {
  const { app } = signIn.base;
  return signInEntries(signIn)
    .filter((path) => CODE.test(path) && repo.mentions(path, /redirect|location|href|\.push\(/))
    .find((path) => {
      const module = peekModule(repo, path);
      return module && targetsIn(module).some((target) => leaves(repo, app, module, target));
    });
}

/** Where people are sent: by a redirect, by the address of the window, by a link that speaks of signing in. */
function targetsIn(module: SourceModule): readonly Node[] {
  const found: Node[] = [];
  walk(module, {
    CallExpression: ({ callee, arguments: [target] }) => {
      if (target && /^(?:redirect|permanentRedirect|assign)$/.test(lastName(callee) ?? ''))
        found.push(target);
    },
    AssignmentExpression: ({ left, right }) => {
      if (/\blocation(?:\.href)?$/.test(module.text.slice(left.start, left.end))) found.push(right);
    },
    JSXAttribute: ({ name, value }) => {
      if (name.type !== 'JSXIdentifier' || name.name !== 'href' || !value) return;
      const target = value.type === 'JSXExpressionContainer' ? value.expression : value;
      if (SIGN_IN_WORDS.test(module.text.slice(target.start, target.end))) found.push(target);
    },
  });
  return found;
}

function leaves(repo: Repo, app: SignIn['base']['app'], module: SourceModule, target: Node): boolean {
  const text = module.text.slice(target.start, target.end);
  // A path of its own, whatever it is put together from.
  if (
    /^['"`{\s]*\//.test(text) ||
    /nextUrl|req(?:uest)?\.url|callback|returnTo|redirectTo|\bnext\b/i.test(text)
  )
    return false;
  return addressOf(repo, app, module, target)?.kind === 'elsewhere';
}
