import type { Repo } from '../../src/contract.ts';
import type { CodeBase } from '../../src/read/code-base.ts';
import { blankComments } from '../../src/read/comments.ts';
import { reachableFrom } from '../../src/read/imports.ts';
import { isPage, pageName } from '../../src/read/sign-in.ts';

/** A page with fields whose input goes nowhere. */
export interface InertForm {
  readonly path: string;
  readonly at: number;
  readonly form: 'sign-in' | 'sign-up' | 'settings';
}

const KINDS: readonly (readonly [RegExp, InertForm['form']])[] = [
  [/^(log-?in|sign-?in)$/i, 'sign-in'],
  [/^(register|sign-?up)$/i, 'sign-up'],
  [/^(settings|profile|account|edit-?profile)$/i, 'settings'],
];

/** Anything that takes input further: a request, an action, a library, a store, a form that posts somewhere. */
const GOES_SOMEWHERE =
  /\b(?:fetch|axios|signIn|signUp|signInWith\w+|logIn|login|register)\w*\(|\baxios\b|\bsignIn\.|\baction\s*=|\bformAction\b|\buse(?:Mutation|ActionState|FormState|Fetcher|SWRMutation|SignIn|SignUp)\b|\.mutate(?:Async)?\(|['"]use server['"]|\b(?:auth|authClient|supabase|api|trpc|account|user|clerk)(?:Client|Service|Api)?\.\w+[\w.]*\(|\.(?:post|put|patch)\(|\blocalStorage\b|\bdispatch\(|\b(?:create|update|save|submit)[A-Z]\w*\(|\bawait\s+\w|<(?:SignIn|SignUp|UserProfile|Auth|AuthView)\b|<AuthKit|\bon(?:Save|Submit|Update)\s*\(/;
const FIELD = /<(?:input|textarea|select|Input|TextField|Textarea|Field|FormField)\b/;
const SUBMIT = /<(?:button|Button|form|Form)\b/;

/** The sign-in, sign-up and settings pages of an app that show fields and hand nothing on. */
export function findInertForms(repo: Repo, { app }: CodeBase): readonly InertForm[] {
  return app.files.flatMap((path) => {
    if (!isPage(app, path)) return [];
    const form = KINDS.find(([name]) => name.test(pageName(path)))?.[1];
    if (form === undefined) return [];
    const at = inertAt(repo, app, path);
    return at === undefined ? [] : [{ path, at, form }];
  });
}

function inertAt(repo: Repo, app: CodeBase['app'], path: string): number | undefined {
  const code = blankComments(repo.peek(path) ?? '');
  const field = FIELD.exec(code);
  if (!field || !SUBMIT.test(code) || GOES_SOMEWHERE.test(withoutNavigation(code))) return undefined;
  const rendered = [...reachableFrom(repo, app, [path])].filter(
    (other) => other !== path && /\.[jt]sx?$/.test(other),
  );
  const isActive = rendered.some((other) =>
    GOES_SOMEWHERE.test(withoutNavigation(blankComments(repo.peek(other) ?? ''))),
  );
  return isActive ? undefined : field.index;
}

/** Going to another page keeps nothing. */
function withoutNavigation(code: string): string {
  return code.replace(/\b(?:router|navigation)\.\w+\(/g, '(');
}
