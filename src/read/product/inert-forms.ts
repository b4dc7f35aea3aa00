import { oncePer } from '../../repo/once.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { withoutComments } from '../code/comments.ts';
import { firstReached } from '../code/reach.ts';
import { jsxElements } from '../markup/markup.ts';
import { namedPages } from '../next/named-pages.ts';

/** A page with fields whose input goes nowhere. */
export interface InertForm {
  readonly path: string;
  /** Offset of its first field. */
  readonly at: number;
  /** Which of the forms that were asked for. */
  readonly form: string;
}

/** A form by the last part of its page's address. */
export type FormName = readonly [name: RegExp, form: string];

/** Anything that takes input further: a request, an action, a library, a store, a form that posts somewhere. */
const GOES_SOMEWHERE =
  /\b(?:fetch|axios|signIn|signUp|signInWith\w|logIn|login|register)\w*\(|\baxios\b|\bsignIn\.|\baction\s*=|\bformAction\b|\buse(?:Mutation|ActionState|FormState|Fetcher|SWRMutation|SignIn|SignUp)\b|\.mutate(?:Async)?\(|['"]use server['"]|\b(?:auth|authClient|supabase|api|trpc|account|user|clerk)(?:Client|Service|Api)?\.\w[\w.]{0,100}\(|\.(?:post|put|patch)\(|\blocalStorage\b|\bdispatch\(|\b(?:create|update|save|submit)[A-Z]\w*\(|\bawait\s+\w|<(?:SignIn|SignUp|UserProfile|Auth|AuthView)\b|<AuthKit|\bsend[A-Z]\w*\(|\b(?:reset|forgot)Password\w*\(|\bon(?:Save|Submit|Update)\s*\(/;
const FIELD = /^(?:input|textarea|select|Input|TextField|Textarea|Field|FormField)(?:\.|$)/;
const SUBMIT = /^(?:button|Button|form|Form)(?:\.|$)/;

/** The pages of these names that show fields and a button, and hand nothing on. */
export function findInertForms(repo: Repo, app: NextApp, names: readonly FormName[]): readonly InertForm[] {
  return namedPages(app).flatMap(({ path, name }) => {
    const form = names.find(([pattern]) => pattern.test(name))?.[1];
    if (form === undefined) return [];
    const at = inertAt(repo, app, path);
    return at === undefined ? [] : [{ path, at, form }];
  });
}

function inertAt(repo: Repo, app: NextApp, path: string): number | undefined {
  const elements = jsxElements(repo, path);
  const field = elements.find(({ name }) => FIELD.test(name));
  if (!field || !elements.some(({ name }) => SUBMIT.test(name)) || handsOn(repo, path)) return undefined;
  const isActive = (other: string) => other !== path && /\.[jt]sx?$/.test(other) && handsOn(repo, other);
  return firstReached(repo, app, [path], isActive) === undefined ? field.start : undefined;
}

/** Whether a file takes input further; told once, as many pages lead to the same files. */
function handsOn(repo: Repo, path: string): boolean {
  const known = handing(repo);
  const found = known.get(path) ?? GOES_SOMEWHERE.test(withoutNavigation(withoutComments(repo, path)));
  known.set(path, found);
  return found;
}

const handing = oncePer((_repo: Repo) => new Map<string, boolean>());

/** Going to another page keeps nothing. */
function withoutNavigation(code: string): string {
  return code.replace(/\b(?:router|navigation)\.\w+\(/g, '(');
}
