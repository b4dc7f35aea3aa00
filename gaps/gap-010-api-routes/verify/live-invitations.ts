import type { Verdict } from '../../../src/contract.ts';
import type { World } from '../../../src/world.ts';
import { fail, judged, owner, pass, somebody, tokenIn } from './visits.ts';

const NEW_PASSWORD = 'a new | password & more';
const DEFAULT_FILE = './data/users.db';

function join(world: World, token: string, password = NEW_PASSWORD) {
  return world.visitor().ask('/api/invite/accept', { body: { token, name: 'Grace', password } });
}

/** From the invitation to the account, and what of it must not work twice. */
export async function invitationsWork(world: World): Promise<Verdict> {
  const email = 'invited@aims.test';
  const boss = await owner(world);
  const sent = await boss.ask('/api/invite', { body: { email } });
  if (sent.status !== 201)
    return fail(`the owner's invitation is answered with ${sent.status} ${sent.text.slice(0, 80)}`);
  const token = tokenIn(await world.mail.next(email));
  if (token === '') return fail('no mail with a link arrives');
  const again = await boss.ask('/api/invite', { body: { email: email.toUpperCase() } });
  const rows = JSON.stringify(
    await world.rows(world.env.USERS_DB_PATH ?? DEFAULT_FILE, 'SELECT * FROM invitations'),
  );
  const tries = [
    await join(world, `${token}x`),
    await join(world, token, 'password123'),
    await join(world, token),
    await join(world, token, 'yet another password'),
  ].map(({ status }) => status);
  const grace = world.visitor();
  return judged(
    [
      ...(again.status === 409 ? [] : [`the second invitation is answered with ${again.status}`]),
      ...(rows.includes(email) && !rows.includes(token)
        ? []
        : ['the database holds the token itself, or no invitation']),
      ...(tries.join() === '400,400,201,400'
        ? []
        : [`foreign, easy password, good, used: ${tries.join(', ')}`]),
      ...((await grace.signIn({ email, password: NEW_PASSWORD })) ? [] : ['the new account does not open']),
      ...(world.log().includes(token) ? ['the log holds the token'] : []),
    ],
    { subject: 'foreign, easy password, good, used', observed: tries.join(', ') },
    { subject: 'the account of the invited address', observed: 'opened by its own password' },
  );
}

/** An open relay mails whoever it is told, for whoever asks. */
export async function noRelay(world: World): Promise<Verdict> {
  const to = 'target@aims.test';
  const before = world.mail.all().length;
  const asked = [
    await world.visitor().ask('/api/invite', { body: { email: to } }),
    await (await somebody(world)).ask('/api/invite', { body: { email: to } }),
  ].map(({ status }) => status);
  const boss = await owner(world);
  const odd = [[to, 'other@aims.test'], `${to}\nBcc: other@aims.test`, `${to}, other@aims.test`];
  for (const email of odd) asked.push((await boss.ask('/api/invite', { body: { email } })).status);
  const mails = world.mail
    .all()
    .slice(before)
    .filter((mail) => mail.to.some((each) => /target|other/.test(each)));
  return judged(
    [
      ...(asked.join() === '401,403,400,400,400'
        ? []
        : [`stranger, user, odd addresses: ${asked.join(', ')}`]),
      ...(mails.length === 0 ? [] : [`${mails.length} mails leave for ${mails[0]?.to.join()}`]),
    ],
    { subject: 'stranger, user, a list, a header, a list in a text', observed: asked.join(', ') },
  );
}

/** The way of the one who is invited. */
export async function linkOpensAccount(world: World): Promise<Verdict> {
  const email = 'browser@aims.test';
  await (await owner(world)).ask('/api/invite', { body: { email } });
  const mail = await world.mail.next(email);
  const link = /https?:\/\/\S{1,300}#token=[\w-]+/.exec(mail?.text ?? '')?.[0];
  if (link === undefined) return fail('no mail with a link arrives');
  const page = await world.page();
  await page.goto(link);
  await page.locator('input[name=name]').fill('Grace');
  if (page.url().includes('token=')) return fail('the token stays in the address bar');
  await page.locator('input[name=password]').fill(NEW_PASSWORD);
  await world.picture(page, 'invitation');
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.includes('accept-invitation'), { timeout: 20_000 });
  const session = await page.evaluate(() => fetch('/api/auth/session').then((answer) => answer.text()));
  return session.includes(email)
    ? pass({ subject: 'the mailed link', observed: `signed in as ${email}` })
    : fail(`after the form the session is ${session.slice(0, 120)}`);
}
