import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';
import { SAMPLE, sampleWith } from './testing/sample.ts';

const AUTH = 'frontend/lib/auth.ts';
const PROXY = 'frontend/lib/api-proxy.ts';

function fixOf(tree: Tree, isWanted = (_code: string) => true): Fix {
  const repo = createRepo(memorySource(tree));
  const wanted = findingsIn(gap, repo).filter(({ code }) => isWanted(code));
  return fixIn(gap, repo, wanted);
}

/** A file as the fix leaves it; undefined where it does not touch it. */
function leftBy(tree: Tree, path: string): string | undefined {
  const edit = fixOf(tree).edits.find((each) => each.path === path);
  if (edit?.kind === 'splice') return applySpans(path, tree[path] ?? '', edit.spans);
  return edit?.kind === 'create' ? edit.text : undefined;
}

const steps = ({ manual = [] }: Fix) => manual.map(({ title, why }) => `${title} ${why}`).join('\n');
const route = (text: string): Tree => ({ ...SAMPLE, 'frontend/app/api/x/route.ts': text });
const HEAD = `import { NextResponse } from 'next/server';
import { getServerSession } from 'next-auth/next';
import { authOptions } from '@/lib/auth';

export async function GET() {
`;

describe('what is handed over', () => {
  test('the store and the door leave the forms as they are', () => {
    const paths = fixOf(SAMPLE, (code) => code !== 'inert-form').edits.map(({ path }) => path);
    expect(paths).toContain(AUTH);
    expect(paths.filter((path) => /sign-\w+\/page|settings\/page/.test(path))).toEqual([]);
  });

  test('a form without the store waits for a person', () => {
    const fix = fixOf(SAMPLE, (code) => code === 'inert-form');
    expect(fix.edits).toEqual([]);
    expect(steps(fix)).toMatch(/Give each listed page a handler/);
  });

  test('nothing is nothing', () => {
    expect(fixOf(SAMPLE, () => false)).toMatchObject({ edits: [], dependencies: [], manual: [] });
  });

  test('the package that sends mail is added where it is missing', () => {
    const names = (tree: Tree) => fixOf(tree).dependencies?.map(({ name }) => name);
    expect(names(SAMPLE)).not.toContain('resend');
    const without = sampleWith('frontend/package.json', (text) => text.replace(/\n.*"resend".*/, ''));
    expect(names(without)).toContain('resend');
  });
});

describe('the file that configures sign-in', () => {
  test('loses the words and the type that hold no longer', () => {
    const tree = sampleWith(AUTH, (text) =>
      text
        .replace(
          'import type',
          '/**\n * - Google OAuth (primary)\n * - Credentials (email/password) for dev/fallback\n */\nimport type',
        )
        .replace(
          'const LIVE',
          "export type UserRole = 'OWNER' | 'USER';\nconst note = 'kept for dev/fallback';\nconst LIVE",
        )
        .replace('const password', '// Credentials — email/password (fallback / dev)\nconst password'),
    );
    const text = leftBy(tree, AUTH);
    expect(text).toContain(' * - Credentials (email/password)\n');
    expect(text).toContain('// Credentials — email/password\n');
    expect(text).toContain("const note = 'kept for dev/fallback';");
    expect(text).toContain("export type { Role as UserRole } from '@/lib/db/users';");
  });

  test('keeps a role type that is used in it, or is another one', () => {
    const used = sampleWith(AUTH, (text) =>
      text.replace(
        'const LIVE',
        "export type UserRole = 'OWNER' | 'USER';\nexport const roles: UserRole[] = [];\nconst LIVE",
      ),
    );
    expect(leftBy(used, AUTH)).toContain("export type UserRole = 'OWNER' | 'USER';");
    const other = sampleWith(AUTH, (text) =>
      text.replace('const LIVE', "export type UserRole = 'OWNER' | 'ADMIN';\nconst LIVE"),
    );
    expect(leftBy(other, AUTH)).toContain("export type UserRole = 'OWNER' | 'ADMIN';");
  });

  test('keeps a logger and an error page of its own', () => {
    const tree = sampleWith(AUTH, (text) =>
      text.replace(
        "pages: { signIn: '/sign-in',",
        "logger: ours,\n  pages: { signIn: '/sign-in', error: '/oh',",
      ),
    );
    const text = leftBy(tree, AUTH);
    expect(text).not.toMatch(/authLogger|error: '\/sign-in'/);
    expect(text).toContain('sessionOfToken(session, token)');
  });

  test.each([
    ['its session', 'role: token.role }', 'role: token.role, plan: token.plan }'],
    ['its session', 'return { ...session, user };', 'return { ...session, user, team: token.team };'],
    [
      'its session',
      'session({ session, token }) {',
      'session({ session, token, user: row }) {\n      keep(row);',
    ],
    ['its jwt', "'OWNER' : 'USER' };", "'OWNER' : 'USER', plan: user.plan };"],
    ['its jwt', 'jwt({ token, user })', 'jwt({ token, user: row })'],
  ])('is left to a person where %s callback does more', (callback, from, to) => {
    const tree = sampleWith(AUTH, (text) => text.replace(from, to));
    expect(leftBy(tree, AUTH)).toBeUndefined();
    expect(steps(fixOf(tree))).toContain(`safely: ${callback} callback does more`);
  });
});

describe('a check of the session', () => {
  test('names the session where it looked at its user only', () => {
    expect(leftBy(SAMPLE, PROXY)).toContain(`  const session = await getServerSession(authOptions);
  const user = session?.user as { role?: string } | undefined;
  if (!user) return refusal(session) ?? refuse(401, 'Sign in first');
`);
  });

  test.each([
    ['if (!session?.user?.email) {', '}'],
    ['if (!session) {', '}'],
    ['if (!session?.user && !guests) {', '}'],
    ['if (!session?.user)', ''],
  ])('written as %s says what is the matter', (test, end) => {
    const tree = route(`${HEAD}  const session = await getServerSession(authOptions);
  ${test}
    return NextResponse.json({ error: 'Unauthorized' }, { status: 401 });
  ${end}
}
`);
    const text = leftBy(tree, 'frontend/app/api/x/route.ts');
    expect(text).toContain(
      "    return refusal(session) ?? NextResponse.json({ error: 'Unauthorized' }, { status: 401 });",
    );
    expect(text).toContain("import { refusal } from '@/lib/session-refusal';");
  });

  test.each([
    ['throws', "  if (!(await getServerSession(authOptions))) throw new Error('401');\n}\n"],
    [
      'is turned round',
      '  const session = await getServerSession(authOptions);\n  if (session?.user) return NextResponse.json({});\n  return NextResponse.json({}, { status: 401 });\n}\n',
    ],
    [
      'is of another function',
      '  const session = await getServerSession(authOptions);\n  return NextResponse.json(session);\n}\n\nexport function PUT(session: string) {\n  if (!session) return NextResponse.json({}, { status: 401 });\n}\n',
    ],
    [
      'answers with a number in a text',
      "  const session = await getServerSession(authOptions);\n  if (!session) return NextResponse.json({ error: 'code 401' }, { status: 400 });\n}\n",
    ],
    [
      'has a name in the way',
      '  const user = (await getServerSession(authOptions))?.user;\n  const session = 1;\n  if (!user) return NextResponse.json({ session }, { status: 401 });\n}\n',
    ],
  ])('that %s is left to a person', (_, body) => {
    const fix = fixOf(route(HEAD + body));
    expect(fix.edits.map(({ path }) => path)).not.toContain('frontend/app/api/x/route.ts');
    expect(steps(fix)).toMatch(/In frontend\/app\/api\/x\/route\.ts, answer a session without a user/);
  });

  test('is not made where the session is only looked at, and code that reads the token gets a step', () => {
    const looks = `${HEAD}  return NextResponse.json(await getServerSession(authOptions));\n}\n`;
    expect(steps(fixOf(route(looks)))).not.toMatch(/answer a session/);
    const middleware = "import { withAuth } from 'next-auth/middleware';\nexport default withAuth({});\n";
    expect(steps(fixOf({ ...SAMPLE, 'frontend/middleware.ts': middleware }))).toMatch(
      /In frontend\/middleware\.ts, let nobody pass whose token has isEmailVerified other than true/,
    );
  });
});

describe('a route that guests may use', () => {
  const GUEST = 'frontend/app/api/x/route.ts';
  const READ = '  const session = await getServerSession(authOptions);\n';
  const ASKED =
    "  const userId = session?.user?.email ?? 'guest';\n  return NextResponse.json({ userId });\n}\n";

  test('takes nobody for a guest while the accounts are not available', () => {
    const inTry = `${HEAD}  try {\n  ${READ}  ${ASKED.slice(0, -2)}  } catch {}\n}\n`;
    expect(leftBy(route(inTry), GUEST)).toContain(
      `  ${READ}    if (session?.isUnavailable) return unavailable();\n`,
    );
    const text = leftBy(route(HEAD + READ + ASKED), GUEST);
    expect(text).toContain(`${READ}  if (session?.isUnavailable) return unavailable();\n`);
    expect(text).toContain("import { unavailable } from '@/lib/session-refusal';");
  });

  test.each([
    ['a helper', `${HEAD}}\n\nasync function who() {\n${READ}  return session?.user?.email ?? 'guest';\n}\n`],
    ['a function inside the handler', `${HEAD}  const who = async () => {\n${READ}${ASKED}}\n`],
    ['an expression', `${HEAD}  return (await getServerSession(authOptions))?.user?.email ?? 'guest';\n}\n`],
  ])('asked in %s is left to a person', (_, text) => {
    const fix = fixOf(route(text));
    expect(fix.edits.map(({ path }) => path)).not.toContain(GUEST);
    expect(steps(fix)).toMatch(/In frontend\/app\/api\/x\/route\.ts, answer a session with isUnavailable/);
  });
});

describe("the product's name in mails", () => {
  const LAYOUT = 'frontend/app/layout.tsx';
  const named = (title: string) => ({
    ...sampleWith(LAYOUT, (text) => text.replace("title: 'A.I.M.S. sample'", `title: ${title}`)),
    'frontend/app/(auth)/layout.tsx': 'export default ({ children }) => <main>{children}</main>;\n',
  });

  test.each([
    ["'A.I.M.S. | AI Managed Solutions'", "'A.I.M.S.'"],
    ["{ default: 'Acme — cloud', template: '%s' }", "'Acme'"],
    ['"Ada\'s Engine"', '"Ada\'s Engine"'],
    ["'x'.repeat(3)", "'x'"],
    ['pageTitle', "'aims-frontend'"],
    [`'${'long '.repeat(20)}'`, "'aims-frontend'"],
  ])('of a layout with the title %s is %s', (title, name) => {
    expect(leftBy(named(title), 'frontend/lib/mail.ts')).toContain(`PRODUCT = ${name};`);
  });
});
