import type { LiveCheck, NextApp, Verdict } from '../../../src/contract.ts';
import { join } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { World } from '../../../src/world.ts';
import { crowdLeavesRoom, longAddressesCostNothing } from './live-attacks.ts';
import { formsWork } from './live-forms.ts';
import { answersDiffer } from './live-outage.ts';
import { addressesAreProven } from './live-tenancy.ts';
import {
  becomeUser,
  databaseOf,
  fail,
  PASSWORD,
  pass,
  register,
  rowsOf,
  signIn,
  unexpected,
} from './live-visits.ts';

const OWNER = 'owner@aims.test';
const TOKEN = '8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d';

/** Signs up, signs in, restarts: what the runbook's line says, in the built application; and what attackers try. */
export function liveChecks(app: NextApp): readonly LiveCheck[] {
  return [...keepingChecks(app), ...attackChecks(app)].map((check) => ({
    level: 'live',
    app: app.dir,
    seconds: 180,
    env: {
      OWNER_EMAILS: OWNER,
      OWNER_SETUP_TOKEN: TOKEN,
      SIGN_UP: 'open',
      EMAIL_FROM: 'A.I.M.S. <no-reply@aims.test>',
    },
    ...check,
  }));
}

type Own = Pick<LiveCheck, 'title' | 'needs' | 'run'>;

function keepingChecks(app: NextApp): readonly Own[] {
  return [
    {
      title:
        'The build brings the sign-up route and the native database driver, and leaves no database behind',
      needs: ['app'],
      run: (world) => buildIsClean(world, app),
    },
    {
      title: 'Sign up, row in the file, confirm, edit the profile, restart: all of it is still there',
      needs: ['app', 'mail'],
      run: usersAreKept,
    },
    {
      title: "An owner's address with any password gets 401, before and after the owner has set one",
      needs: ['app'],
      run: ownersDoorIsShut,
    },
    {
      title: 'A new password ends the sessions that the old one opened',
      needs: ['app', 'mail'],
      run: (world) => sessionsEnd(world, app),
    },
    {
      title:
        'In a browser: the sign-up form creates the account, the sign-in form opens it, and a saved profile is there after a reload',
      needs: ['app', 'browser', 'mail'],
      run: (world) => formsWork(world, app),
    },
  ];
}

function attackChecks(app: NextApp): readonly Own[] {
  return [
    {
      title: "A stranger who signs up with somebody's address gets nothing of theirs until its mail was read",
      needs: ['app', 'mail', 'gateway'],
      run: (world) => addressesAreProven(world, app),
    },
    {
      title:
        'A wrong password, too many of them and a database that is away are three answers, and no outage ends a session',
      needs: ['app', 'mail'],
      run: (world) => answersDiffer(world, app),
    },
    {
      title: 'Addresses of megabytes are refused at once, and leave nothing in the database',
      needs: ['app'],
      run: longAddressesCostNothing,
    },
    {
      title: 'While twenty clients try passwords, the health check answers within two seconds',
      needs: ['app', 'mail'],
      run: crowdLeavesRoom,
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
  return pass({
    subject: 'the folder of the build',
    observed: 'no database, better_sqlite3.node is there',
  });
}

async function usersAreKept(world: World): Promise<Verdict> {
  const email = 'ada.kept@aims.test';
  const visitor = world.visitor();
  const problem = await becomeUser(world, visitor, email);
  if (problem !== undefined) return fail(problem);
  const [row] = await rowsOf(world, email);
  if (!row || String(row.password_hash).includes(PASSWORD) || !/^\w+\$/.test(String(row.password_hash)))
    return fail(`the row of ${email} is ${row ? 'stored with its password' : 'not there'}`);
  const { status } = await signIn(world.visitor(), email, `${PASSWORD}.`);
  if (status !== 401) return fail(`a wrong password is answered with ${status} instead of 401`);
  const saved = await visitor.ask('/api/profile', {
    method: 'PATCH',
    body: { workspaceName: 'Engine', role: 'OWNER' },
  });
  if (saved.status !== 200) return fail(unexpected('saving the profile', saved, 200));
  const { path } = databaseOf(world);
  const { stdout } = await world.run('stat', ['-c', '%a', path]);
  if (stdout.trim() !== '600')
    return fail(`others may read the hashes: the file has the mode ${stdout.trim()}`);
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
  return pass(
    { subject: `row of ${email}`, observed: `id ${String(row.id)}, updated_at ${String(after?.updated_at)}` },
    { subject: 'GET /api/profile after the restart', observed: JSON.stringify(shown) },
  );
}

async function ownersDoorIsShut(world: World): Promise<Verdict> {
  const before = await signIn(world.visitor(), OWNER, 'ANYTHING');
  if (before.status !== 401) return fail(`${OWNER} with the password ANYTHING gets ${before.status}`);
  const stranger = await register(world.visitor(), { email: OWNER });
  if (![403, 409].includes(stranger.status))
    return fail(unexpected('a stranger who signs up as the owner', stranger, 409));
  const owner = world.visitor();
  const set = await register(owner, { email: OWNER, setupToken: TOKEN });
  if (set.status !== 201) return fail(unexpected('the owner with the token', set, 201));
  const after = await signIn(world.visitor(), OWNER, 'ANYTHING');
  if (after.status !== 401)
    return fail(`once there is a password, ${OWNER} with another gets ${after.status}`);
  await owner.signIn({ email: OWNER, password: PASSWORD });
  const { role } = asRecord((await owner.session())?.user);
  if (role !== 'OWNER') return fail(`the owner's session has the role ${String(role)}`);
  return pass({
    subject: `POST /api/auth/callback/credentials as ${OWNER}`,
    observed: '401, 401 and, with the password, a session of an OWNER',
  });
}

async function sessionsEnd(world: World, { dir }: NextApp): Promise<Verdict> {
  const email = 'ada.ends@aims.test';
  const visitor = world.visitor();
  const problem = await becomeUser(world, visitor, email);
  if (problem !== undefined) return fail(problem);
  const { path } = databaseOf(world);
  // From outside of the app, as a reset in another process does it.
  const change = `new (require('better-sqlite3'))(${JSON.stringify(path)}).prepare("UPDATE users SET password_id = 'another' WHERE email = ?").run('${email}').changes`;
  const { stdout, stderr } = await world.run('node', ['-p', change], { dir: dir || '.' });
  if (stdout.trim() !== '1') return fail(`the row could not be changed: ${stderr.slice(0, 200)}`);
  if (await visitor.session()) return fail('the session goes on');
  if ((await visitor.ask('/api/profile')).status !== 401) return fail('the profile is still shown');
  if (!(await visitor.signIn({ email, password: PASSWORD }))) return fail('signing in again does not work');
  return pass({ subject: 'GET /api/auth/session after password_id changed', observed: 'nobody' });
}
