import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { openDoors } from './password-doors.ts';

const FIELDS = 'email: {}, password: {}, token: {}';

/** What any password opens: the line of the answer, and the setting under which it does. */
function open(body: string, { head = '', fields = FIELDS, params = 'credentials, request' } = {}) {
  const text = `${head}\nexport default { credentials: { ${fields} }, async authorize(${params}) {\n${body}\n} };\n`;
  const repo = createRepo(memorySource({ 'auth.ts': text }));
  return openDoors(repo, ['auth.ts']).map(({ at, setting }) => {
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
    expect(openDoors(repo, ['a.ts', 'b.ts']).map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
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
    ['nothing but null', "if (!credentials.password) return null;\nthrow new Error('soon');"],
  ])('%s', (_, body) => {
    expect(open(body)).toEqual([]);
  });

  test('a door that asks for no password', () => {
    expect(open("return { id: 'guest' };", { fields: 'name: {}' })).toEqual([]);
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
