import type { Evidence, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../../src/world.ts';

export const OLD = 'an old password; $5';
export const NEW = 'a new | password & more';
const DEFAULT_FILE = './data/users.db';

/** Signs up, signs in and confirms the address; whether somebody is signed in then. */
export async function signUp(world: World, visitor: Visitor, email: string): Promise<boolean> {
  await visitor.ask('/api/auth/register', { body: { name: 'Ada', email, password: OLD } });
  await visitor.signIn({ email, password: OLD });
  const token = tokenIn(await mailedLink(world, email));
  await visitor.ask('/api/auth/confirm-email', { body: { token } });
  return (await visitor.session())?.user !== undefined;
}

export function ask(visitor: Visitor, email: string): Promise<Answer> {
  return visitor.ask('/api/auth/forgot-password', { body: { email } });
}

export async function requestToken(world: World, email: string): Promise<string | undefined> {
  await ask(world.visitor(), email);
  return mailedToken(world, email);
}

async function mailedToken(world: World, email: string): Promise<string | undefined> {
  return tokenIn(await mailedLink(world, email));
}

export async function mailedLink(world: World, email: string): Promise<URL | undefined> {
  const mail = await world.mail.next(email);
  return linkIn(mail?.text || mail?.html || '');
}

export function linkIn(text: string): URL | undefined {
  const link = /https?:\/\/[^\s"'<>]{1,500}token=[\w-]+/.exec(text)?.[0];
  return link === undefined ? undefined : new URL(link);
}

/** Behind the #, which no server is sent. */
export function tokenIn(link: URL | undefined): string | undefined {
  return new URLSearchParams(link?.hash.slice(1)).get('token') ?? undefined;
}

export function reset(world: World, token: string): Promise<Answer> {
  return world.visitor().ask('/api/auth/reset-password', { body: { token, password: NEW } });
}

export function fileOf(world: World): string {
  const file = String(asRecord(world.env).USERS_DB_PATH ?? DEFAULT_FILE);
  return file.startsWith('/') ? file : `${world.home}/${file}`;
}

export function median(answers: readonly Answer[]): number {
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

export function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

export function pass(evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}
