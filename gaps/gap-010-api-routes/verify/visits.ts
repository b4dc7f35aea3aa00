import type { Evidence, Verdict } from '../../../src/contract.ts';
import type { Mail, Visitor, World } from '../../../src/world.ts';

export const OWNER = 'owner@aims.test';
export const SETUP_TOKEN = '0b6f7e1d9c3a4f58a2e4c7d1936b8f05e7a1d2c4b6980f3e5d7c9b1a3f5e7d90';
const PASSWORD = 'R&D costs $5; really';
let people = 0;

/** Somebody with a session of a real sign-in and a confirmed address, whom no limit has counted yet. */
export async function somebody(world: World): Promise<Visitor> {
  people += 1;
  const email = `routes-${people}@aims.test`;
  const visitor = world.visitor();
  const { status } = await visitor.ask('/api/auth/register', {
    body: { name: 'Ada', email, password: PASSWORD },
  });
  if (status !== 201) throw new Error(`sign-up is answered with ${status}, so nobody can try the routes`);
  await visitor.signIn({ email, password: PASSWORD });
  const mail = await world.mail.next(email);
  await visitor.ask('/api/auth/confirm-email', { body: { token: tokenIn(mail) } });
  return present(visitor, email);
}

/** The owner, on a device of their own. */
export async function owner(world: World): Promise<Visitor> {
  const visitor = world.visitor();
  const body = { name: 'Owner', email: OWNER, password: PASSWORD, setupToken: SETUP_TOKEN };
  await visitor.ask('/api/auth/register', { body });
  await visitor.signIn({ email: OWNER, password: PASSWORD });
  return present(visitor, OWNER);
}

async function present(visitor: Visitor, email: string): Promise<Visitor> {
  if (await visitor.session()) return visitor;
  throw new Error(`nobody is signed in as ${email} after sign-up, sign-in and the mailed link`);
}

/** The token behind the # of a mailed link. */
export function tokenIn(mail: Mail | undefined): string {
  return /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

/** The services that the deployed stack does not name to the app are where the gateway stands, too. */
export async function withServices(world: World): Promise<void> {
  const url = world.env.UEF_ENDPOINT ?? world.env.UEF_GATEWAY_URL;
  if (url === undefined || world.env.HOUSE_OF_ANG_URL === url) return;
  await world.restart({ HOUSE_OF_ANG_URL: url, ACHEEVY_URL: url });
}

export function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

export function pass(...evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}

/** What went wrong first, or a pass with what was seen. */
export function judged(wrong: readonly string[], ...evidence: readonly Evidence[]): Verdict {
  const [first] = wrong;
  return first === undefined ? pass(...evidence) : { verdict: 'fail', reason: first, evidence };
}
