import type { NextApp, Verdict } from '../../../src/contract.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../../src/world.ts';
import { confirm, fail, mailedToken, PASSWORD, pass, register, signIn, unexpected } from './live-visits.ts';

const VICTIM = 'victim@bigcorp.test';

/** The gateway takes the address for the user id: it is not asked for somebody who has only typed it. */
export async function addressesAreProven(world: World, app: NextApp): Promise<Verdict> {
  const stranger = world.visitor();
  const signedUp = await register(stranger, { email: VICTIM });
  if (signedUp.status !== 201) return fail(unexpected('sign-up', signedUp, 201));
  await signIn(stranger, VICTIM, PASSWORD);
  if (await stranger.session()) return fail('an address that was only typed opens a session with a user');
  const before = await askEverything(world, app, stranger);
  const told = before.calls.find((call) => call.includes(VICTIM));
  if (told !== undefined) return fail(`the gateway is asked for the data of somebody else: ${told}`);
  const refused = before.answers.filter(({ answer }) => asRecord(answer.json).code === 'email_unconfirmed');
  const [first] = refused;
  if (!first) return fail('no route says that the address has to be confirmed');
  if (first.answer.status !== 403) return fail(unexpected(first.path, first.answer, 403));
  const token = await mailedToken(world, VICTIM);
  if (token === undefined) return fail('no mail with a link to confirm arrives');
  const reader = await confirm(world.visitor(), token);
  if (reader.status === 200)
    return fail("whoever reads the mail confirms a stranger's password with one click");
  const confirmed = await confirm(stranger, token);
  if (confirmed.status !== 200) return fail(unexpected('opening the mailed link', confirmed, 200));
  const after = await askEverything(world, app, stranger);
  const still = after.answers.find(({ answer }) => answer.status === 403 && isUnconfirmed(answer));
  if (still) return fail(`${still.path} refuses after the address was confirmed`);
  const own = after.calls.find((call) => call.includes(VICTIM));
  return pass(
    { subject: `${first.path} with an address that was only typed`, observed: `403 ${first.answer.text}` },
    { subject: 'what the gateway was asked meanwhile', observed: before.calls.join(', ') || 'nothing' },
    { subject: 'after the mailed link', observed: own ?? 'no route names the user to the gateway' },
  );
}

function isUnconfirmed(answer: Answer): boolean {
  return asRecord(answer.json).code === 'email_unconfirmed';
}

/** Every route of the app without parameters, asked with GET, and what reached the gateway meanwhile. */
async function askEverything(world: World, app: NextApp, visitor: Visitor) {
  const seen = world.gateway.calls.length;
  const answers: { readonly path: string; readonly answer: Answer }[] = [];
  for (const path of routesOf(app)) answers.push({ path, answer: await visitor.ask(path) });
  const calls = world.gateway.calls
    .slice(seen)
    .map(({ method, path, body }) => `${method} ${decodeURIComponent(path)} ${body}`);
  return { answers, calls };
}

function routesOf({ appDir = '', files }: NextApp): readonly string[] {
  return files
    .filter((path) => path.startsWith(`${appDir}/api/`) && /\/route\.[jt]s$/.test(path))
    .map((path) => path.slice(appDir.length).replace(/\/route\.[jt]s$/, ''))
    .filter((path) => !/[[(@]|\/auth\//.test(path));
}
