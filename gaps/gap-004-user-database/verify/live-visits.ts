import type { Evidence, Verdict } from '../../../src/contract.ts';
import { join } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../../src/world.ts';

export const PASSWORD = 'R&D costs $5; really';
/** Where the app keeps its users when nothing else is said. */
const DEFAULT_FILE = './data/users.db';

export interface Registration {
  readonly email: string;
  readonly setupToken?: string;
}

export function register(visitor: Visitor, registration: Registration): Promise<Answer> {
  return visitor.ask('/api/auth/register', { body: { name: 'Ada', password: PASSWORD, ...registration } });
}

/** Signs up, signs in and opens the mailed link; what went wrong, or undefined. */
export async function becomeUser(world: World, visitor: Visitor, email: string): Promise<string | undefined> {
  const signedUp = await register(visitor, { email });
  if (signedUp.status !== 201) return unexpected('sign-up', signedUp, 201);
  await signIn(visitor, email, PASSWORD);
  const token = await mailedToken(world, email);
  if (token === undefined) return `no mail with a link to confirm arrives for ${email}`;
  const confirmed = await confirm(visitor, token);
  if (confirmed.status !== 200) return unexpected('opening the mailed link', confirmed, 200);
  return (await visitor.session()) ? undefined : 'after the mailed link nobody is signed in';
}

/** The token of the newest mail to this address, which stands behind the # of its link. */
export async function mailedToken(world: World, email: string): Promise<string | undefined> {
  const mail = await world.mail.next(email);
  return /\/confirm-email#token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
}

export function confirm(visitor: Visitor, token: string): Promise<Answer> {
  return visitor.ask('/api/auth/confirm-email', { body: { token } });
}

/** What sign-in answers: its status, and the error that the form is handed. */
export async function signIn(
  visitor: Visitor,
  email: string,
  password: string,
): Promise<{ readonly status: number; readonly error: string | null; readonly text: string }> {
  const { csrfToken } = asRecord((await visitor.ask('/api/auth/csrf')).json);
  const body = new URLSearchParams({ email, password, csrfToken: String(csrfToken), json: 'true' });
  const { status, json, text } = await visitor.ask('/api/auth/callback/credentials', { body, seconds: 60 });
  const { url } = asRecord(json);
  return {
    status,
    error: URL.canParse(String(url)) ? new URL(String(url)).searchParams.get('error') : null,
    text,
  };
}

/** The users' database as the app names it, and where it stands. */
export function databaseOf(world: World): { readonly file: string; readonly path: string } {
  const file = world.env.USERS_DB_PATH ?? DEFAULT_FILE;
  return { file, path: file.startsWith('/') ? file : join(world.home, file) };
}

export function rowsOf(world: World, email: string): ReturnType<World['rows']> {
  return world.rows(databaseOf(world).file, `SELECT * FROM users WHERE email = '${email}'`);
}

export function unexpected(what: string, { status, text }: Answer, wanted: number): string {
  return `${what}: ${status} instead of ${wanted} (${text.slice(0, 120)})`;
}

export function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

export function pass(...evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}
