import type { Evidence, LiveCheck, NextApp, Verdict } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../src/world.ts';

const OLD = 'an old password; $5';
const NEW = 'a new | password & more';
const DEFAULT_FILE = './data/users.db';

/** The whole way back in, and the ways to abuse it, in the built application. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  const common = {
    level: 'live',
    app: app.dir,
    seconds: 120,
    env: { EMAIL_FROM: 'A.I.M.S. <no-reply@aims.test>' },
  } as const;
  return [
    {
      ...common,
      title:
        'In a browser: ask for a mail, follow its link, set a password, sign in with it; the old session has ended',
      needs: ['app', 'mail', 'browser'],
      run: loopWorks,
    },
    {
      ...common,
      title: 'A link works once, not for others, not after a newer one, and not when it is too old',
      needs: ['app', 'mail'],
      run: (world) => tokensEnd(world, app),
    },
    {
      ...common,
      title: 'The database holds no token, the log neither token nor password, and a forged Host no link',
      needs: ['app', 'mail'],
      run: nothingLeaks,
    },
    {
      ...common,
      title:
        'Whether an address has an account shows neither in the answer nor in its time, and a flood is stopped',
      needs: ['app', 'mail'],
      run: nothingIsTold,
    },
  ];
}

async function loopWorks(world: World): Promise<Verdict> {
  const email = 'loop@aims.test';
  const before = world.visitor();
  if (!(await signUp(before, email))) return fail('nobody can sign up and sign in');
  const page = await world.page();
  await page.goto(`${world.url}/forgot-password`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('button[type=submit]').click();
  await page.getByRole('status').filter({ hasText: /\w/ }).waitFor();
  const token = await mailedToken(world, email);
  if (token === undefined) return fail('no mail with a link arrives');
  await page.goto(`${world.url}/reset-password?token=${token}`);
  await page.locator('input[name=password]').fill(NEW);
  await page.locator('input[name=repeated]').fill(NEW);
  await world.picture(page, 'new password');
  await page.locator('button[type=submit]').click();
  await page.getByRole('status').filter({ hasText: /\w/ }).waitFor();
  if (page.url().includes(token)) return fail('the token stays in the address bar');
  if (!(await world.visitor().signIn({ email, password: NEW })))
    return fail('the new password opens nothing');
  if (await world.visitor().signIn({ email, password: OLD })) return fail('the old password still opens it');
  if (await before.session()) return fail('the session from before goes on');
  return pass([{ subject: `the account of ${email}`, observed: 'opened by the new password alone' }]);
}

async function tokensEnd(world: World, { dir }: NextApp): Promise<Verdict> {
  const email = 'ends@aims.test';
  await signUp(world.visitor(), email);
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
  await signUp(world.visitor(), email);
  await world.visitor().ask('/api/auth/forgot-password', {
    body: { email },
    headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
  });
  const mail = await world.mail.next(email);
  const link = linkIn(mail?.text ?? mail?.html ?? '');
  if (link === undefined) return fail('no mail with a link arrives');
  if (link.origin !== world.url) return fail(`asked under a forged Host, the link leads to ${link.origin}`);
  const token = link.searchParams.get('token') ?? '';
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
  await signUp(world.visitor(), email);
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
  const mails = world.mail.all().filter(({ to }) => to.includes(email)).length;
  if (mails === 0 || mails > 5) return fail(`12 requests for one account send ${mails} mails`);
  return pass([
    { subject: 'median with and without an account', observed: `${slow} ms, ${fast} ms` },
    { subject: '12 requests for one account', observed: `${mails} mails` },
  ]);
}

async function signUp(visitor: Visitor, email: string): Promise<boolean> {
  await visitor.ask('/api/auth/register', { body: { name: 'Ada', email, password: OLD } });
  return visitor.signIn({ email, password: OLD });
}

function ask(visitor: Visitor, email: string): Promise<Answer> {
  return visitor.ask('/api/auth/forgot-password', { body: { email } });
}

async function requestToken(world: World, email: string): Promise<string | undefined> {
  await ask(world.visitor(), email);
  return mailedToken(world, email);
}

async function mailedToken(world: World, email: string): Promise<string | undefined> {
  const mail = await world.mail.next(email);
  return linkIn(mail?.text || mail?.html || '')?.searchParams.get('token') ?? undefined;
}

function linkIn(text: string): URL | undefined {
  const link = /https?:\/\/[^\s"'<>]+token=[\w-]+/.exec(text)?.[0];
  return link === undefined ? undefined : new URL(link);
}

function reset(world: World, token: string): Promise<Answer> {
  return world.visitor().ask('/api/auth/reset-password', { body: { token, password: NEW } });
}

function fileOf(world: World): string {
  const file = String(asRecord(world.env).USERS_DB_PATH ?? DEFAULT_FILE);
  return file.startsWith('/') ? file : `${world.home}/${file}`;
}

function median(answers: readonly Answer[]): number {
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

function pass(evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}
