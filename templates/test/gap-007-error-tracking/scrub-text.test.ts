import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scrubText } from '@/lib/error-tracking/scrub-text';

/** How a secret may stand in a text: `$` is where. */
const SPELLINGS = [
  'failed: token=$',
  'failed: password=$ for them',
  'password: $',
  'Password:$,',
  'setupToken: $ was sent',
  '"token":"$"',
  '{"name":"Ada","password":"$","setupToken":"$"}',
  "{ password: '$', token: `$` }",
  "'token' : '$'",
  '{\\"token\\":\\"$\\"}',
  '{\\\\\\"token\\\\\\":\\\\\\"$\\\\\\"}',
  '{"password":"$',
  '"tokens": [\n  "$",\n  "$"\n]',
  '"session":{"user":"u","key":"$"}',
  "Map(1) { 'token' => '$' }",
  "[ 'password', '$' ]",
  '[["password","$"]]',
  "{ name: 'password', value: '$' }",
  '{"name":"password","value":"$"}',
  'form-data; name="password"\r\n\r\n$\r\n--x',
  '<password>$</password>',
  'login --password $ --verbose',
  'user[password]=$&x=1',
  'headers["x-api-key"] = "$"',
  'x-api-key: $',
  'Authorization: Bearer $',
  'authorization=Bearer $',
  'Authorization: Basic $',
  'sent with Bearer $',
  'cookie: next-auth.session-token=$; theme=dark',
  'Set-Cookie: __Secure-next-auth.session-token=$; Path=/',
  'next-auth.csrf-token=$',
  'https://a.test/reset-password?token=$&lang=en',
  'https://a.test/sign-up#setup-token=$',
  'https://a.test/sign-up#setup=$',
  '/sign-up?setup=$',
  '/callback?state=1&code=$#top',
  '/x?next=%2Freset-password%3Ftoken%3D$%26lang%3Den',
  '/x?next=%252Freset-password%253Ftoken%253D$',
  '%7B%22token%22%3A%22$%22%7D',
  '&quot;token&quot;:&quot;$&quot;',
  '\\u0022password\\u0022:\\u0022$\\u0022',
  'https://admin:$@redis.test/0',
  'redis://:$@redis:6379',
  'https%3A%2F%2Fadmin%3A$%40a.test%2F',
  'NEXTAUTH_SECRET=$',
  'process.env.STRIPE_API_KEY = "$"',
  'api key: $',
  "{ headers: { a: '}', 'x-own': '$' }, b: 1 }",
  "{ headers: Headers { 'x-own': '$' } }",
  "{ body: '$' }",
  '"body":"$"',
  '"headers":{"x-own":"$"}',
  "session: Map(1) { 'a' => '$' }",
  'token -> $',
  'password → $',
  'the setup token is $',
  'reset token $ is used',
  'Invalid password "$"',
  'Wrong password `$` ',
  "the token was '$', and is used",
  'secret (\"$\")',
  'wrong password “$”',
  'password: “$”',
  'login --password "$ $" --verbose',
  'token: $ ghij',
  'INTERNAL_API_KEY is $',
  "SESSION_SECRET was '$'",
  `Unexpected token "$"`,
  're_$',
  'sk_live_$',
  'eyJhbGciOiJub25l$.eyJzdWIiOiIx$.$',
];

/** What a generator of secrets makes: never a word. */
const secrets = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9_-]{6,40}$/), fc.nat(9))
  .map(([body, digit]) => `Zq${digit}${body}X${digit}`);

test.each(SPELLINGS)('no secret survives in %j', (spelling) => {
  fc.assert(
    fc.property(secrets, fc.constantFrom('', 'Error: ', 'first line\n', '{"a":1} '), (secret, before) => {
      expect(scrubText(before + spelling.replaceAll('$', () => secret))).not.toContain(secret);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['reset token 9f86d081884c7d659a2feaa0c55ad015', 'reset token [secret]'],
  ['/reset-password/9f86d081884c7d659a2feaa0c55ad015/x', '/reset-password/[secret]/x'],
  ['no session for user 550e8400-e29b-41d4-a716-446655440000', 'no session for user [secret]'],
  ['password: hunter', 'password: [secret]'],
  ['password: hunter is wrong', 'password: [secret] is wrong'],
  ['token: abcdef', 'token: [secret]'],
  ['token: abcdef ghij', 'token: [secret] ghij'],
  ['Invalid token: abcdef ghij', 'Invalid token: [secret] ghij'],
  ['Invalid password "hunter"', 'Invalid password "[secret]"'],
  ['Wrong password `correct horse` ', 'Wrong password `[secret]` '],
  ["password is 'it\\'s me', again", "password is '[secret]', again"],
  ['Invalid password "hunter and what was cut', 'Invalid password "[secret]'],
  ['wrong password ‘it’s me’ again', 'wrong password ‘[secret]’ again'],
  ['API_KEY is still changeme', 'API_KEY is still [secret]'],
  ['no session "summer"', 'no session "[secret]"'],
  ['password: “correct horse”', 'password: “[secret]”'],
  ['login --password "correct horse"', 'login --password "[secret]"'],
  ['INTERNAL_API_KEY is generate-a-random-api-key', 'INTERNAL_API_KEY is [secret]'],
  ['NEXTAUTH_SECRET was changeme.', 'NEXTAUTH_SECRET was [secret]'],
  ['your verification code: 123456', 'your verification code: [secret]'],
  ['https://a.test/x?token=abc123&lang=en#top', 'https://a.test/x?token=[secret]&lang=en#top'],
  ['token=abc123', 'token=[secret]'],
  [`Unexpected token 'h', "hunter2" is not valid JSON`, `Unexpected token 'h', "[text]" is not valid JSON`],
  [
    `Unexpected token 'x', ..."rd":"hun" x}" is not valid JSON`,
    `Unexpected token 'x', ..."[text]" is not valid JSON`,
  ],
  ['JSON Parse error: Unexpected identifier "hunter2"', 'JSON Parse error: Unexpected identifier "[text]"'],
  ['row has scrypt$32768$8$3$c2FsdA$a2V5 now', 'row has [secret] now'],
  ['{ hash: "$2b$12$abcdefghijklmnopqrstuu" }', '{ hash: "[secret]" }'],
  ['state mismatch, expected rT0y_Aa1, got: summer', 'state mismatch, expected [secret], got: [secret]'],
  ['version mismatch, expected 3, got: 4', 'version mismatch, expected 3, got: 4'],
  ['-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- end', '[secret] end'],
  ['from 203.0.113.7, 2001:db8::1 and ::ffff:198.51.100.4', 'from [ip], [ip] and [ip]'],
  [
    '{ \'x-forwarded-for\': \'10.0.0.7\', "x-real-ip": "10.0.0.7" }',
    '{ \'x-forwarded-for\': \'[secret]\', "x-real-ip": "[secret]" }',
  ],
  ['no account of ada@example.com', 'no account of [email]'],
  ['<Ada.L+news@mail.example.co.uk>', '<[email]>'],
  ['to jürgen@bücher.example, and bob@x.io', 'to [email], and [email]'],
  ['/api/users?email=ada%40example.com&page=2', '/api/users?email=[email]&page=2'],
  ['mailto:ada@example.com', 'mailto:[email]'],
])('%j reads %j', (text, expected) => {
  expect(scrubText(text)).toBe(expected);
});

/** What a report is read for. */
const PROSE = [
  'Invalid token: expected 64 characters',
  'The password was changed',
  'Error: token: expected string, received undefined',
  'session: user was not found',
  'Missing credentials "password"',
  'the password "confirmPassword" is missing',
  'NEXTAUTH_SECRET is not set, and INTERNAL_API_KEY is missing.',
  'SESSION_SECRET is required in production; DB_PASSWORD is too short',
  'INTERNAL_API_KEY is used by the gateway',
  "SyntaxError: Unexpected token 'export'",
  `Unexpected token '<', "[text]" is not valid JSON`,
  'Unexpected token "}" in a.css, expected token ";"',
  'the body: empty; no headers were sent; body Abc123 and headers Abc123',
  'password must have at least ten characters',
  'Unexpected token < in JSON at position 0',
  "Expected ',' or '}' after property value in JSON at position 29",
  'max_tokens: 4096, prompt tokens: 512',
  'status code: 500',
  "code: 'ECONNREFUSED', errno: -111",
  'connect ECONNREFUSED 127.0.0.1:3001',
  'connect ETIMEDOUT 10.0.0.12:6379',
  'JsonWebTokenError: invalid signature',
  "TypeError: Cannot read properties of undefined (reading 'session')",
  'at createResetToken (/app/.next/server/chunks/12.js:1:234)',
  'at async getSession (file:///app/lib/session.js:12:5)',
  'node_modules/.pnpm/next@14.0.4_react-dom@18.2.0/node_modules/next/dist/server/base-server.js',
  'Loading chunk 12 failed. (error: https://a.test/_next/static/chunks/app/reset-password/page-19a3ec9bf4b1d2c3.js)',
  'SqliteError: UNIQUE constraint failed: users.email',
  "Unrecognized key(s) in object: 'password', 'setupToken'",
  'Each child in a list should have a unique "key" prop.',
  'GET /api/auth/session 500 in 12 ms',
  'The session is older than the password',
  'Basic authentication is off; Bearer token missing',
  'token: null, hasSession: true, "password":""',
  're_render_count npm_config_cache',
  'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b at 2026-11-30T01:02:03.000Z',
  'Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36',
  'it costs 5 @ 3.50, 100% of std::vector',
];

test.each(PROSE)('%j stays', (text) => {
  expect(scrubText(text)).toBe(text);
});

test('words of prose stay, in any order', () => {
  const words = 'the token of a session was not found and no password or cookie could be read by its owner yet';
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words.split(' ')), { minLength: 1, maxLength: 30 }), (some) => {
      expect(scrubText(some.join(' '))).toBe(some.join(' '));
    }),
  );
});

test('what was scrubbed stays as it is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SPELLINGS), secrets, (spelling, secret) => {
      const once = scrubText(spelling.replaceAll('$', () => secret));
      expect(scrubText(once)).toBe(once);
    }),
  );
});

describe('100 kB take less than 100 ms', () => {
  test.each([
    'a',
    'x@',
    'a@a.',
    'token',
    'token=',
    'token="',
    '"token":"\\"',
    'token: [',
    'token "',
    'token "token" ',
    "password 'password ",
    'Unexpected token "',
    'Unexpected token "x" ',
    'token “',
    'API_KEY is ',
    'token: a ',
    '%25',
    '%',
    'https://',
    'redis://',
    'redis://:@',
    '-----BEGIN RSA PRIVATE KEY-----',
    'eyJhbGciOiJI.',
    're_',
    'sk-',
    'Bearer ',
    'token token ',
    'reset-password/',
    ', "',
    '1.2.3.',
    '2001:db8:',
    '&quot;',
    '\\',
    '[',
    "['password', ",
    'next-auth.session-',
    'A'.repeat(79) + ' ',
  ])('%j', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      scrubText(text);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
