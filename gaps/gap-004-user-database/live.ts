import type { Evidence, LiveCheck, NextApp, Verdict } from '../../src/contract.ts';
import { join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { Answer, Visitor, World } from '../../src/world.ts';
import { formsWork } from './live-forms.ts';

const OWNER = 'owner@aims.test';
const TOKEN = '8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d';
const PASSWORD = 'R&D costs $5; really';
/** Where the app keeps its users when nothing else is said. */
const DEFAULT_FILE = './data/users.db';

/** Signs up, signs in, restarts: what the runbook's line says, in the built application. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  const common = {
    level: 'live',
    app: app.dir,
    seconds: 180,
    env: { OWNER_EMAILS: OWNER, OWNER_SETUP_TOKEN: TOKEN },
  } as const;
  return [
    {
      ...common,
      title:
        'The build brings the sign-up route and the native database driver, and leaves no database behind',
      needs: ['app'],
      run: (world) => buildIsClean(world, app),
    },
    {
      ...common,
      title: 'Sign up, row in the file, sign in, edit the profile, restart: all of it is still there',
      needs: ['app'],
      run: (world) => usersAreKept(world),
    },
    {
      ...common,
      title: "An owner's address with any password gets 401, before and after the owner has set one",
      needs: ['app'],
      run: ownersDoorIsShut,
    },
    {
      ...common,
      title: 'A new password ends the sessions that the old one opened',
      needs: ['app'],
      run: (world) => sessionsEnd(world, app),
    },
    {
      ...common,
      title:
        'In a browser: the sign-up form creates the account, the sign-in form opens it, and a saved profile is there after a reload',
      needs: ['app', 'browser'],
      run: (world) => formsWork(world, app),
    },
  ];
}

async function buildIsClean(world: World, { dir }: NextApp): Promise<Verdict> {
  const find = async (folder: string, ...names: readonly string[]) => {
    const wanted = names.flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name]);
    const { stdout } = await world.run('find', [join(dir, folder), ...wanted]);
    return stdout.split('\n').filter((path) => path !== '');
  };
  const files = await find('.', '*.db', '*.db-wal', '*.sqlite', '*.sqlite3');
  // Where the app is booted in the folder of its build, its own database stands there by now.
  const left = files.filter(
    (path) =>
      !path.includes('node_modules') && (world.home.startsWith(world.dir) ? path.includes('.next/') : true),
  );
  if (left.length > 0) return fail(`the build left ${left.join(', ')}`);
  const manifest = await world.read(join(dir, '.next/app-path-routes-manifest.json'));
  if (!manifest?.includes('"/api/auth/register"')) return fail('the build serves no /api/auth/register');
  const isTraced = (await find('.next', 'better_sqlite3.node')).length > 0;
  const isStandalone = (await find('.next', 'server.js')).some((path) => path.includes('standalone'));
  if (isStandalone && !isTraced) return fail('the standalone build lacks better_sqlite3.node');
  return pass([
    { subject: 'the folder of the build', observed: 'no database, better_sqlite3.node is there' },
  ]);
}

async function usersAreKept(world: World): Promise<Verdict> {
  const email = 'ada.kept@aims.test';
  const visitor = world.visitor();
  const signedUp = await register(visitor, { email: 'Ada.Kept@AIMS.test' });
  if (signedUp.status !== 201) return unexpected('sign-up', signedUp, 201);
  const [row] = await rowsOf(world, email);
  if (!row || String(row.password_hash).includes(PASSWORD) || !/^\w+\$/.test(String(row.password_hash)))
    return fail(`the row of ${email} is ${row ? 'stored with its password' : 'not there'}`);
  if ((await credentialsStatus(world.visitor(), email, `${PASSWORD}.`)) !== 401)
    return fail('a wrong password is not answered with 401');
  if (!(await visitor.signIn({ email, password: PASSWORD })))
    return fail('the password does not open the account');
  const saved = await visitor.ask('/api/profile', {
    method: 'PATCH',
    body: { workspaceName: 'Engine', role: 'OWNER' },
  });
  if (saved.status !== 200) return unexpected('saving the profile', saved, 200);
  await world.restart();
  const shown = asRecord((await visitor.ask('/api/profile')).json);
  if (shown.workspaceName !== 'Engine' || shown.role !== 'USER')
    return fail(`after the restart the profile is ${JSON.stringify(shown)}`);
  const session = asRecord((await visitor.session())?.user);
  if (session.id !== row.id)
    return fail(`the session names ${String(session.id)}, the row ${String(row.id)}`);
  if (!(await world.visitor().signIn({ email, password: PASSWORD })))
    return fail('after the restart the password does not open the account');
  const [after] = await rowsOf(world, email);
  if (String(after?.updated_at) <= String(row.updated_at)) return fail('updated_at did not move');
  return pass([
    { subject: `row of ${email}`, observed: `id ${String(row.id)}, updated_at ${String(after?.updated_at)}` },
    { subject: 'GET /api/profile after the restart', observed: JSON.stringify(shown) },
  ]);
}

async function ownersDoorIsShut(world: World): Promise<Verdict> {
  const before = await credentialsStatus(world.visitor(), OWNER, 'ANYTHING');
  if (before !== 401) return fail(`${OWNER} with the password ANYTHING gets ${before}`);
  const stranger = await register(world.visitor(), { email: OWNER });
  if (stranger.status !== 409) return unexpected('a stranger who signs up as the owner', stranger, 409);
  const owner = world.visitor();
  const set = await register(owner, { email: OWNER, setupToken: TOKEN });
  if (set.status !== 201) return unexpected('the owner with the token', set, 201);
  const after = await credentialsStatus(world.visitor(), OWNER, 'ANYTHING');
  if (after !== 401) return fail(`once there is a password, ${OWNER} with another gets ${after}`);
  await owner.signIn({ email: OWNER, password: PASSWORD });
  const { role } = asRecord((await owner.session())?.user);
  if (role !== 'OWNER') return fail(`the owner's session has the role ${String(role)}`);
  return pass([
    {
      subject: `POST /api/auth/callback/credentials as ${OWNER}`,
      observed: '401, 401 and, with the password, a session of an OWNER',
    },
  ]);
}

async function sessionsEnd(world: World, { dir }: NextApp): Promise<Verdict> {
  const email = 'ada.ends@aims.test';
  const visitor = world.visitor();
  await register(visitor, { email });
  if (!(await visitor.signIn({ email, password: PASSWORD }))) return fail('nobody can sign up and sign in');
  const file = fileOf(world);
  const path = file.startsWith('/') ? file : join(world.home, file);
  // From outside of the app, as a reset in another process does it.
  const change = `new (require('better-sqlite3'))(${JSON.stringify(path)}).prepare("UPDATE users SET password_changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE email = ?").run('${email}').changes`;
  const { stdout, stderr } = await world.run('node', ['-p', change], { dir: dir || '.' });
  if (stdout.trim() !== '1') return fail(`the row could not be changed: ${stderr.slice(0, 200)}`);
  if (await visitor.session()) return fail('the session goes on');
  if ((await visitor.ask('/api/profile')).status !== 401) return fail('the profile is still shown');
  if (!(await visitor.signIn({ email, password: PASSWORD }))) return fail('signing in again does not work');
  return pass([{ subject: 'GET /api/auth/session after password_changed_at moved', observed: 'nobody' }]);
}

interface Registration {
  readonly email: string;
  readonly setupToken?: string;
}

function register(visitor: Visitor, registration: Registration): Promise<Answer> {
  return visitor.ask('/api/auth/register', { body: { name: 'Ada', password: PASSWORD, ...registration } });
}

async function credentialsStatus(visitor: Visitor, email: string, password: string): Promise<number> {
  const { csrfToken } = asRecord((await visitor.ask('/api/auth/csrf')).json);
  const body = new URLSearchParams({ email, password, csrfToken: String(csrfToken), json: 'true' });
  return (await visitor.ask('/api/auth/callback/credentials', { body })).status;
}

function fileOf(world: World): string {
  return world.env.USERS_DB_PATH ?? DEFAULT_FILE;
}

function rowsOf(world: World, email: string): ReturnType<World['rows']> {
  return world.rows(fileOf(world), `SELECT * FROM users WHERE email = '${email}'`);
}

function unexpected(what: string, { status, text }: Answer, wanted: number): Verdict {
  return fail(`${what}: ${status} instead of ${wanted} (${text.slice(0, 120)})`);
}

function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}

function pass(evidence: readonly Evidence[]): Verdict {
  return { verdict: 'pass', evidence };
}
