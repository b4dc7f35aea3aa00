import type { LiveCheck, NextApp, Verdict } from '../../../src/contract.ts';
import type { Answer, World } from '../../../src/world.ts';
import { incompleteLinkIsTold, loopWorks } from './live-browser.ts';
import {
  ask,
  fail,
  fileOf,
  linkIn,
  median,
  NEW,
  OLD,
  pass,
  requestToken,
  reset,
  signUp,
  tokenIn,
} from './live-visits.ts';

const WRONG_TRIES = 11;
const MOST_TO_ONE_PLACE = 5;
const MOST_TO_ONE_ACCOUNT = 10;

/** The whole way back in, and the ways to abuse it, in the built application. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  return ownChecks(app).map((check) => ({
    level: 'live',
    app: app.dir,
    seconds: 180,
    env: { EMAIL_FROM: 'A.I.M.S. <no-reply@aims.test>', SIGN_UP: 'open' },
    ...check,
  }));
}

function ownChecks(app: NextApp): readonly Pick<LiveCheck, 'title' | 'needs' | 'run'>[] {
  return [
    {
      title:
        'In a browser: ask for a mail, follow its link, reload, set a password, sign in with it; the old session has ended',
      needs: ['app', 'mail', 'browser'],
      run: loopWorks,
    },
    {
      title: 'In a browser: a link without its token says so, and offers a new one instead of a form',
      needs: ['app', 'browser'],
      run: incompleteLinkIsTold,
    },
    {
      title: 'After too many wrong passwords, a reset opens the account at once',
      needs: ['app', 'mail'],
      run: resetEndsTheWait,
    },
    {
      title: 'A link works once, not for others, not after a newer one, and not when it is too old',
      needs: ['app', 'mail'],
      run: (world) => tokensEnd(world, app),
    },
    {
      title: 'The database holds no token, the log neither token nor password, and a forged Host no link',
      needs: ['app', 'mail'],
      run: nothingLeaks,
    },
    {
      title:
        'Whether an address has an account shows neither in the answer nor in its time, and a flood is stopped',
      needs: ['app', 'mail'],
      run: nothingIsTold,
    },
  ];
}

async function resetEndsTheWait(world: World): Promise<Verdict> {
  const email = 'wait@aims.test';
  await signUp(world, world.visitor(), email);
  const forgetful = world.visitor();
  for (let index = 0; index < WRONG_TRIES; index += 1)
    await forgetful.signIn({ email, password: `wrong password ${index}` });
  if (await forgetful.signIn({ email, password: OLD }))
    return fail(`${WRONG_TRIES} wrong passwords are no limit`);
  const token = await requestToken(world, email);
  const set = await forgetful.ask('/api/auth/reset-password', { body: { token, password: NEW } });
  if (set.status !== 200) return fail(`the reset is answered with ${set.status}`);
  if (!(await forgetful.signIn({ email, password: NEW })))
    return fail('the new password is refused until the limit is over');
  return pass([{ subject: `${WRONG_TRIES} wrong passwords, then a reset`, observed: 'signed in at once' }]);
}

async function tokensEnd(world: World, { dir }: NextApp): Promise<Verdict> {
  const email = 'ends@aims.test';
  await signUp(world, world.visitor(), email);
  const first = await requestToken(world, email);
  const second = await requestToken(world, email);
  if (!first || !second || first === second) return fail('two requests do not mail two links');
  const tries = [
    await reset(world, first),
    await reset(world, `${second}x`),
    await reset(world, second),
    await reset(world, second),
  ].map(({ status }) => status);
  if (tries.join() !== '400,400,200,400')
    return fail(`older, foreign, good, used: ${tries.join(', ')} instead of 400, 400, 200, 400`);
  const third = await requestToken(world, email);
  const file = fileOf(world);
  const change = `new (require('better-sqlite3'))(${JSON.stringify(file)}).prepare('UPDATE password_resets SET expires_at = 1').run().changes`;
  const aged = await world.run('node', ['-p', change], { dir: dir || '.' });
  if (aged.stdout.trim() !== '1') return fail(`the token could not be aged: ${aged.stderr.slice(0, 200)}`);
  const late = await reset(world, third ?? '');
  if (late.status !== 400) return fail(`an expired link is answered with ${late.status}`);
  return pass([{ subject: 'older, foreign, good, used, expired', observed: '400, 400, 200, 400, 400' }]);
}

async function nothingLeaks(world: World): Promise<Verdict> {
  const email = 'leaks@aims.test';
  await signUp(world, world.visitor(), email);
  await world.visitor().ask('/api/auth/forgot-password', {
    body: { email },
    headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
  });
  const mail = await world.mail.next(email);
  const link = linkIn(mail?.text ?? mail?.html ?? '');
  if (link === undefined) return fail('no mail with a link arrives');
  if (link.origin !== world.url) return fail(`asked under a forged Host, the link leads to ${link.origin}`);
  const token = tokenIn(link) ?? '';
  const rows = JSON.stringify(await world.rows(fileOf(world), 'SELECT * FROM password_resets'));
  if (!/[0-9a-f]{64}/.test(rows) || rows.includes(token)) return fail('the database holds the token itself');
  await reset(world, token);
  const log = world.log();
  const leaked = [token, NEW, OLD].find((secret) => log.includes(secret));
  if (leaked !== undefined) return fail('the log holds a token or a password');
  return pass([
    { subject: 'password_resets', observed: 'a digest; the link leads to the configured address' },
  ]);
}

async function nothingIsTold(world: World): Promise<Verdict> {
  const email = 'known@aims.test';
  await signUp(world, world.visitor(), email);
  const known: Answer[] = [];
  const unknown: Answer[] = [];
  for (let index = 0; index < 12; index += 1) {
    known.push(await ask(world.visitor(), email));
    unknown.push(await ask(world.visitor(), `nobody${index}@aims.test`));
  }
  const shapes = new Set([...known, ...unknown].map(({ status, text }) => `${status} ${text}`));
  if (shapes.size !== 1) return fail(`the answers differ: ${[...shapes].join(' / ')}`);
  const [slow, fast] = [median(known), median(unknown)];
  if (Math.abs(slow - fast) > 50) return fail(`an account takes ${slow} ms, none ${fast} ms`);
  const flood = world.visitor();
  const statuses: number[] = [];
  for (let index = 0; index < 15; index += 1) statuses.push((await ask(flood, `f${index}@aims.test`)).status);
  if (!statuses.includes(429)) return fail('15 requests from one address are all taken');
  const [here, everywhere] = [await mailsToOnePlace(world), resetMailsTo(world, email)];
  if (here === 0 || here > MOST_TO_ONE_PLACE) return fail(`8 requests from one address send ${here} mails`);
  if (everywhere === 0 || everywhere > MOST_TO_ONE_ACCOUNT)
    return fail(`12 requests from as many addresses send ${everywhere} mails to one account`);
  return pass([
    { subject: 'median with and without an account', observed: `${slow} ms, ${fast} ms` },
    { subject: '8 requests from one address, 12 from as many', observed: `${here} and ${everywhere} mails` },
  ]);
}

async function mailsToOnePlace(world: World): Promise<number> {
  const email = 'place@aims.test';
  const visitor = world.visitor();
  await signUp(world, visitor, email);
  for (let index = 0; index < 8; index += 1) await ask(visitor, email);
  return resetMailsTo(world, email);
}

function resetMailsTo(world: World, email: string): number {
  return world.mail.all().filter(({ to, text = '', html = '' }) => {
    return to.includes(email) && /reset|forgot/i.test(text + html);
  }).length;
}
