import { describe, expect, test } from 'vitest';
import { createRepo, type Repo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { openDoors, passwordDoors } from './password-doors.ts';

const FIELDS = 'email: {}, password: {}, token: {}';

function opened(repo: Repo, providers: readonly string[], handlers: readonly string[] = []) {
  return openDoors(repo, { dir: '' }, passwordDoors(repo, { dir: '' }, { providers, handlers }));
}

/** What any password opens: the line of the answer, and the setting under which it does. */
function open(body: string, { head = '', fields = FIELDS, params = 'credentials, request' } = {}) {
  const text = `${head}\nexport default { credentials: { ${fields} }, async authorize(${params}) {\n${body}\n} };\n`;
  const repo = createRepo(memorySource({ 'auth.ts': text }));
  return opened(repo, ['auth.ts']).map(({ at, setting }) => {
    const line = text
      .slice(at)
      .split('\n')[0]
      ?.replace(/^return /, '');
    return setting === undefined ? line : `${line} while ${setting}`;
  });
}

const COMPARED = `const user = await find(credentials.email);
if (!user || !(await compare(credentials.password, user.hash))) return null;
return user;`;

describe('any password opens', () => {
  test.each([
    [
      'the made-up user of an example',
      "const user = { id: '1' };\nif (user) {\nreturn user;\n}\nreturn null;",
      'user;',
    ],
    [
      "an owner's address",
      `if (isOwner(credentials.email)) return { id: '1' };\n${COMPARED}`,
      "{ id: '1' };",
    ],
    [
      'a listed address',
      `if (credentials.email === process.env.OWNER) return { id: '1' };\n${COMPARED}`,
      "{ id: '1' };",
    ],
    [
      'a listed address, where there is a list',
      `if (!process.env.OWNER) return null;\nif (credentials.email === process.env.OWNER) return { id: '1' };\nreturn null;`,
      "{ id: '1' };",
    ],
    ['whoever is found by the address', 'const user = await find(credentials.email);\nreturn user;', 'user;'],
    [
      'whoever is found, the form being checked for its shape alone',
      'const parsed = schema.safeParse(credentials);\nif (!parsed.success) return null;\nconst { email, password } = parsed.data;\nif (password.length < 8) return null;\nconst user = await db.user.findUnique({ where: { email } });\nreturn user;',
      'user;',
    ],
    [
      'a shortcut after a branch with a token',
      `if (credentials.token) {\nif (!(await check(credentials.token))) return null;\nreturn { id: 't' };\n}\nreturn { id: 'x' };`,
      "{ id: 'x' };",
    ],
    [
      'a shortcut in an answer',
      "return isOwner(credentials.email) ? { id: 'o' } : verify(credentials);",
      "{ id: 'o' } : verify(credentials);",
    ],
    [
      'one of two ways',
      `if (isOwner(credentials.email) || (await compare(credentials.password, hash))) return { id: '1' };\nreturn null;`,
      "{ id: '1' };",
    ],
    [
      'an outcome that is true from the beginning',
      "let ok = true;\nif (credentials.token) {\nok = await check(credentials.token);\n}\nif (ok) return { id: '1' };\nreturn null;",
      "{ id: '1' };",
    ],
    ['a role', "if (credentials.role === 'admin') return { id: '1' };\nreturn null;", "{ id: '1' };"],
  ])('%s', (_, body, line) => {
    expect(open(body)).toEqual([line]);
  });

  test('a door whose function is named elsewhere in the file, or is an expression', () => {
    const repo = createRepo(
      memorySource({
        'a.ts':
          "const enter = async () => ({ id: '1' });\nexport default { credentials: { password: {} }, authorize: enter };\n",
        'b.ts':
          'export default { credentials: { password: {} }, authorize: ({ email }) => ({ id: email }) };\n',
      }),
    );
    expect(opened(repo, ['a.ts', 'b.ts']).map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
  });
});

describe('anything typed opens', () => {
  const BCRYPT = { head: "import bcrypt from 'bcryptjs';" };

  test.each([
    [
      'a comparison whose outcome is dropped',
      'const user = await find(credentials.email);\nawait bcrypt.compare(credentials.password, user.hash);\nreturn user;',
      'user;',
    ],
    [
      'a comparison whose outcome gets a name and is not looked at',
      'const user = await find(credentials.email);\nconst isValid = await bcrypt.compare(credentials.password, user.hash);\nreturn user;',
      'user;',
    ],
    [
      'a promise as a condition',
      'const user = await find(credentials.email);\nif (!bcrypt.compare(credentials.password, user.hash)) return null;\nreturn { id: user.id };',
      '{ id: user.id };',
    ],
    [
      'a promise that has a name, as a condition',
      'const user = await find(credentials.email);\nconst isValid = bcrypt.compare(credentials.password, user.hash);\nreturn isValid ? user : null;',
      'user : null;',
    ],
    [
      'a wrong password that is only logged',
      "const user = await find(credentials.email);\nif (!(await bcrypt.compare(credentials.password, user.hash))) {\nconsole.warn('wrong');\n}\nreturn user;",
      'user;',
    ],
    [
      'a catch that answers somebody',
      "try {\nreturn await login(credentials);\n} catch {\nreturn { id: 'offline', email: credentials.email };\n}",
      "{ id: 'offline', email: credentials.email };",
    ],
    [
      'what was typed, compared with what was typed',
      'if (credentials.tenantId === credentials.password) return { id: credentials.tenantId };\nreturn null;',
      '{ id: credentials.tenantId };',
    ],
    [
      'a switch that is typed',
      `if (credentials.isImpersonating === 'true') {\nconst user = await find(credentials.email);\nreturn user;\n}\n${COMPARED}`,
      'user;',
    ],
    [
      'a record found by what was typed, in the answer itself',
      'return prisma.user.findUnique({ where: { email: credentials.email } });',
      'prisma.user.findUnique({ where: { email: credentials.email } });',
    ],
    [
      'a hash that nobody compares',
      'const hash = await bcrypt.hash(credentials.password, 10);\nconst user = await find(credentials.email);\nreturn user;',
      'user;',
    ],
    [
      'a record that is written and found by the address',
      'const user = await prisma.user.upsert({ where: { email: credentials.email }, create: { password: credentials.password }, update: {} });\nreturn user;',
      'user;',
    ],
  ])('%s', (_, body, line) => {
    expect(open(body, BCRYPT)).toEqual([line]);
  });

  test('an own async check that is not waited for', () => {
    const head = 'async function checkPassword(typed: string, hash: string) {\nreturn typed === hash;\n}';
    const body =
      'const user = await find(credentials.email);\nif (!checkPassword(credentials.password, user.hash)) return null;\nreturn user;';
    expect(open(body, { head })).toEqual(['user;']);
    expect(open(body.replace('!checkPassword(', '!await checkPassword('), { head })).toEqual([]);
  });

  test.each([
    ['a user id', 'id: {}, role: {}', 'return { id: credentials.id, role: credentials.role };'],
    [
      'a phone number',
      'phone: {}',
      'const user = await prisma.user.findUnique({ where: { phone: credentials.phone } });\nreturn user;',
    ],
    ['the whole form', 'name: {}', 'return { ...credentials };'],
    [
      'a code that nobody looks at',
      'phone: {}, otp: {}',
      'const user = await find(credentials.phone);\nreturn user;',
    ],
  ])('without a password: %s', (_, fields, body) => {
    expect(open(body, { fields })).toHaveLength(1);
  });

  test('a constant user of the only provider', () => {
    const only =
      "import Credentials from 'next-auth/providers/credentials';\nexport default { providers: [Credentials({ credentials: {}, async authorize() { return { id: '1', name: 'Admin' }; } })] };\n";
    const repo = (text: string) => createRepo(memorySource({ 'auth.ts': text }));
    expect(opened(repo(only), ['auth.ts'])).toHaveLength(1);
    expect(opened(repo(only.replace('providers: [', 'providers: [Google, ')), ['auth.ts'])).toEqual([]);
  });

  test('an authorize that stands in another file', () => {
    const repo = createRepo(
      memorySource({
        'auth.ts':
          "import { enter } from './enter';\nexport default { credentials: { password: {} }, authorize: enter };\n",
        'enter.ts': 'export async function enter(credentials) {\n  return { id: credentials.email };\n}\n',
      }),
    );
    expect(opened(repo, ['auth.ts'])).toEqual([{ path: 'enter.ts', at: 45, setting: undefined }]);
  });

  test.each([
    [
      'a route that sets a cookie',
      'app/api/login/route.ts',
      "export async function POST(request) {\n  const { email, password } = await request.json();\n  const user = await find(email);\n  if (!user || !password) return new Response(null, { status: 401 });\n  cookies().set('session', user.id);\n  return Response.json({});\n}\n",
    ],
    [
      'an action that starts a session',
      'app/login/actions.ts',
      "'use server';\nexport async function signIn(_: unknown, form: FormData) {\n  const email = form.get('email');\n  if (!form.get('password')) return { error: 'no password' };\n  const user = await find(email);\n  await createSession(user.id);\n}\n",
    ],
  ])('%s', (_, path, text) => {
    const repo = (changed: string) => createRepo(memorySource({ [path]: changed }));
    expect(opened(repo(text), [], [path])).toHaveLength(1);
    const sound = text
      .replace(
        / {2}(cookies|await createSession)/,
        '  if (!(await check(user, PASSWORD))) return null;\n  $1',
      )
      .replace('PASSWORD', text.includes('form.get') ? "form.get('password')" : 'password');
    expect(opened(repo(sound), [], [path])).toEqual([]);
  });
});

describe('no password opens', () => {
  test.each([
    ['a comparison', COMPARED],
    [
      'a comparison in both branches',
      `if (credentials.token) {\nif (!(await check(credentials.token))) return null;\n} else if (!(await compare(credentials.password, hash))) return null;\nreturn { id: '1' };`,
    ],
    [
      'a comparison that decides in the condition',
      'const user = await find(credentials.email);\nif (user && (await compare(credentials.password, user.hash))) return user;\nreturn null;',
    ],
    [
      'a token that a library verifies',
      'const { id } = jwt.verify(String(credentials.token), secret);\nconst user = await find(id);\nreturn { id: user.id };',
    ],
    [
      'a token that another service knows',
      'const profile = await profileOf(credentials.token);\nif (!profile) return null;\nreturn { id: profile.id };',
    ],
    [
      'the answer of another service, which gets the form',
      "const answer = await fetch('/x', { body: JSON.stringify(credentials) });\nconst user = await answer.json();\nreturn user;",
    ],
    [
      'a signature',
      'const message = new SiweMessage(JSON.parse(credentials.message));\nconst result = await message.verify({ signature: credentials.signature });\nif (!result.success) return null;\nreturn { id: message.address };',
    ],
    [
      'a session that is there already',
      'const session = await auth();\nif (!session) return null;\nreturn { id: session.id };',
    ],
    [
      'a cookie of the request',
      'const who = await fromCookie(request);\nif (!who) return null;\nreturn { id: who };',
    ],
    [
      'a password that is written into the code',
      "if (credentials.password !== 'letmein') return null;\nreturn { id: '1' };",
    ],
    [
      'a query with the password',
      'const [user] = await sql`SELECT * FROM u WHERE p = ${hash(credentials.password)}`;\nif (!user) return null;\nreturn user;',
    ],
    [
      'a search with the password',
      'const user = users.find((u) => u.email === credentials.email && u.password === credentials.password);\nif (!user) return null;\nreturn user;',
    ],
    [
      'a comparison in a branch, whose outcome decides later',
      'const user = await find(credentials.email);\nlet ok = false;\nif (user.hash) {\nok = await compare(credentials.password, user.hash);\n}\nif (!ok) return null;\nreturn { id: user.id };',
    ],
    [
      'a comparison that a condition decides on',
      'const user = await find(credentials.email);\nconst isValid = user ? await compare(credentials.password, user.hash) : false;\nif (!isValid) return null;\nreturn user;',
    ],
    [
      'a comparison that gives an empty variable somebody',
      'let user = null;\nif (credentials.password === process.env.PASSWORD) user = { id: credentials.email };\nreturn user;',
    ],
    [
      'another service, asked in a try that only logs',
      'let data: { id?: string } = {};\ntry {\ndata = await login(credentials);\n} catch (error) {\nconsole.error(error);\n}\nif (data.id) return { id: data.id };\nreturn null;',
    ],
    [
      'an administrator who acts for somebody',
      "const session = await getServerSession(options);\nif (session?.user?.role !== 'ADMIN') throw new Error('no');\nconst user = await find(credentials.userId);\nreturn user;",
    ],
    [
      'a directory that is bound with the password',
      'const client = new Client({ url });\nawait client.bind(credentials.username, credentials.password);\nreturn { id: credentials.username };',
    ],
    [
      'a code that the database knows',
      'const code = await prisma.otp.findFirst({ where: { phone: credentials.phone, code: credentials.otp } });\nif (!code) return null;\nreturn { id: credentials.phone };',
    ],
    [
      'a refusal in words',
      "if (!credentials.email) return { error: 'no address' };\nreturn verify(credentials);",
    ],
    ['nothing but null', "if (!credentials.password) return null;\nthrow new Error('soon');"],
  ])('%s', (_, body) => {
    expect(open(body)).toEqual([]);
  });

  test.each([
    ['a guest', "return { id: 'guest' };"],
    ['a guest with a name of their own', 'return { id: crypto.randomUUID(), name: credentials.name };'],
    [
      'a new account',
      'const user = await prisma.user.create({ data: { name: credentials.name } });\nreturn user;',
    ],
  ])('where none is asked for: %s', (_, body) => {
    expect(open(body, { fields: 'name: {}' })).toEqual([]);
  });

  test.each([
    [
      'what the form brings, held against itself',
      'const { user } = JSON.parse(credentials.session);\nif (!user.tenants.find((each) => each.key === credentials.key)) return null;\nreturn { ...user };',
      ['{ ...user };'],
    ],
    [
      'an item of what is kept, held against what was typed',
      'const user = await find(credentials.email);\nif (!user.codes.find((each) => each.key === credentials.key)) return null;\nreturn { ...user };',
      [],
    ],
    [
      'a signed session',
      'const { user, mark } = JSON.parse(credentials.session);\nif (!(await isSigned(mark))) return null;\nreturn { ...user };',
      [],
    ],
  ])('where no secret is asked for, whoever the form brings: %s', (_, body, expected) => {
    expect(open(body, { fields: 'session: {}, key: {}' })).toEqual(expected);
  });

  test('a provider that stands alone, with the same user for everybody, whatever is made for it', () => {
    const only = (answer: string) => {
      const text = `import Credentials from 'next-auth/providers/credentials';\nexport default { providers: [Credentials({ credentials: {}, authorize: () => (${answer}) })] };\n`;
      return opened(createRepo(memorySource({ 'auth.ts': text })), ['auth.ts']).length;
    };
    expect(only("{ id: '1', role: 'admin' }")).toBe(1);
    expect(only("{ id: '1', token: JSON.stringify({ tenant: 'main' }), key: crypto.randomUUID() }")).toBe(1);
    expect(only("{ id: '1', since: new Date().toISOString() }")).toBe(1);
    expect(only("{ id: '1', token: tokenOfTheCookie() }")).toBe(0);
    expect(only("{ id: crypto.randomUUID(), name: 'Guest' }")).toBe(0);
  });

  test('a provider that is offered in development only', () => {
    const text =
      "import Credentials from 'next-auth/providers/credentials';\nexport default { providers: [...(process.env.NODE_ENV === 'development' ? [Credentials({ credentials: { password: {} }, authorize: () => ({ id: '1' }) })] : [])] };\n";
    const repo = (changed: string) => createRepo(memorySource({ 'auth.ts': changed }));
    expect(opened(repo(text), ['auth.ts'])).toEqual([]);
    const setting = text.replace("process.env.NODE_ENV === 'development'", 'process.env.PREVIEW');
    expect(opened(repo(setting), ['auth.ts']).map((each) => each.setting)).toEqual(['PREVIEW']);
  });

  test('a door in development', () => {
    expect(open(`if (process.env.NODE_ENV !== 'production') return { id: '1' };\n${COMPARED}`)).toEqual([]);
    expect(open(`if (process.env.NODE_ENV === 'production') {\n${COMPARED}\n}\nreturn { id: '1' };`)).toEqual(
      [],
    );
  });
});

describe('a setting opens', () => {
  test.each([
    [
      "if (process.env.DEMO_MODE === 'true' && credentials.email.endsWith('@demo.io')) return { id: '1' };",
      '',
      'DEMO_MODE',
    ],
    ["if (!process.env.DEMO) return null;\nreturn { id: '1' };", '', 'DEMO'],
    [
      "if (isDemo) return { id: '1' };",
      "const isDemo = process.env.NEXT_PUBLIC_DEMO === '1';",
      'NEXT_PUBLIC_DEMO',
    ],
    ["if (config.demo) return { id: '1' };", "import { config } from './config';", 'config.demo'],
  ])('%s', (body, head, setting) => {
    expect(open(`${body}\n${COMPARED}`, { head })).toEqual([`{ id: '1' }; while ${setting}`]);
  });
});
