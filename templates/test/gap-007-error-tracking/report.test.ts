// @vitest-environment node
import type { ErrorEvent } from '@sentry/nextjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { reportOf } from '@/lib/error-tracking/options';
import { scrub } from '@/lib/error-tracking/scrub';

afterEach(() => vi.unstubAllGlobals());

const event = (parts: object): ErrorEvent => ({ type: undefined, ...parts });
const thrown = (type: string, value: string, more: object = {}) =>
  event({ exception: { values: [{ type, value }] }, ...more });

describe('a report loses', () => {
  test('what a visitor sent, all but the method and the path', () => {
    const request = {
      method: 'POST',
      url: 'https://a.test/api/auth/register?token=abc#setup-token=def',
      data: '{"password":"abc"}',
      query_string: 'token=abc',
      headers: { host: 'a.test', referer: 'https://a.test/?token=abc' },
      cookies: { theme: 'dark' },
      env: { REMOTE_ADDR: '203.0.113.7' },
    };
    const user = { id: 'u1', email: 'ada@example.com', ip_address: '203.0.113.7', geo: { city: 'Ulm' } };
    const contexts = {
      response: { status_code: 500, headers: { a: 'b' }, cookies: {}, data: 'abc' },
      runtime: { name: 'node' },
    };
    expect(scrub({ request, user, contexts })).toEqual({
      request: { method: 'POST', url: 'https://a.test/api/auth/register' },
      user: { id: 'u1' },
      contexts: { response: { status_code: 500 }, runtime: { name: 'node' } },
    });
  });

  test.each([
    [{ password: 'abc', setupToken: 'abc', pin: 1234, tokens: ['abc'], session: { a: 'abc' } }],
    [
      {
        body: { a: 'abc' },
        headers: { a: 'abc' },
        cookies: 'abc',
        'http.query': '?a=abc',
        'http.fragment': 'abc',
        vars: 'abc',
      },
    ],
    [{ sdk: { note: 'token=abc' }, modules: { password: 'abc' } }],
    [{ arguments: ['token', 'abc'] }],
    [{ arguments: ['reset token:', 'abc', { name: 'password', value: 'abc' }] }],
    [{ arguments: [['password', 'abc'], 'failed', '{"token":"abc"}'] }],
    [{ url: '/x?a=abc', from: '/y#abc', to: 'https://a.test/?abc', message: 'cookie: a=abc' }],
    [{ pre_context: ["password: 'abc'"], context_line: '{snip} abc {snip}' }],
    [{ filename: 'https://a.test/reset-password?a=abc', abs_path: 'https://a.test/#abc' }],
  ])('%j', (data) => {
    const text = JSON.stringify(
      scrub({ breadcrumbs: [{ data }], extra: data, tags: data, contexts: { some: data } }),
    );
    expect(text).not.toContain('abc');
    expect(text).not.toContain('1234');
  });

  test('addresses of people wherever they stand', () => {
    const given = {
      exception: { values: [{ value: 'ada@example.com is taken' }] },
      breadcrumbs: [{ message: 'trap 203.0.113.7 /admin', data: { ip: '10.0.0.7', arguments: ['203.0.113.7'] } }],
      extra: { 'ada@example.com': 1 },
    };
    expect(JSON.stringify(scrub(given))).not.toMatch(/ada|203\.0|10\.0/);
    expect(given.exception.values[0]?.value).toBe('ada@example.com is taken');
  });
});

describe('a report keeps', () => {
  test('names and versions of packages, counts, and what the code looks like', () => {
    const frame = {
      filename: 'app:///lib/token.ts',
      function: 'createToken',
      context_line: 'const row = find(id);',
      lineno: 12,
    };
    const kept = {
      event_id: '9f86d081884c7d659a2feaa0c55ad015',
      transaction: 'POST /api/auth/reset-password',
      modules: { jsonwebtoken: '9.0.2', next: '14.0.4' },
      sdk: { name: 'sentry.javascript.nextjs', packages: [{ name: 'npm:@sentry/nextjs', version: '10.78.0' }] },
      exception: { values: [{ type: 'TypeError', value: 'x is not a function', stacktrace: { frames: [frame] } }] },
      extra: { max_tokens: 4096, hasSession: true, token: null },
    };
    expect(scrub(kept)).toEqual(kept);
  });

  test('instances as they are, and may lead back to itself', () => {
    class Scope {
      mail = 'ada@example.com';
    }
    const scope = new Scope();
    const given: Record<string, unknown> = { extra: { scope, list: ['ada@example.com'] } };
    given.contexts = given.extra;
    expect(scrub(given)).toMatchObject({ extra: { list: ['[email]'] } });
    expect(scope.mail).toBe('ada@example.com');
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(scrub({ extra: loop })).toHaveProperty('extra.self.self');
  });
});

describe('reported is', () => {
  test('what was logged: an error, a text, an object', () => {
    const extra = {
      arguments: ['[next-auth][error][SIGNIN_EMAIL_ERROR]', { error: { message: 'mail is down', name: 'Error' } }],
    };
    const texts = event({
      logger: 'console',
      message: '[next-auth][error][SIGNIN_EMAIL_ERROR] [object Object]',
      extra,
    });
    expect(reportOf(texts)).toMatchObject({ message: texts.message, extra });
    expect(reportOf(event({ logger: 'console', message: 'no mail to ada@example.com' }))).toMatchObject({
      message: 'no mail to [email]',
    });
    expect(reportOf(thrown('SqliteError', 'database is locked', { logger: 'console' }))).not.toBeNull();
  });

  test('nothing a second time', () => {
    expect(reportOf(event({ logger: 'console', message: ' ⨯ Error: broken\n    at x' }))).toBeNull();
    expect(
      reportOf(event({ logger: 'console', message: ' \u001b[31m\u001b[1m⨯\u001b[22m\u001b[39m Error: x' })),
    ).toBeNull();
    expect(reportOf(thrown('Error', 'An error occurred in the Server Components render. The specific …'))).toBeNull();
    vi.stubGlobal('window', {});
    const ofServer = Object.assign(new Error('x'), { digest: '123' });
    expect(reportOf(thrown('Error', 'x'), { originalException: ofServer })).toBeNull();
    expect(reportOf(thrown('Error', 'x'), { originalException: new Error('x') })).not.toBeNull();
  });

  test('no address that a scanner made up, and no cookie that cannot be read', () => {
    const malformed = (url: string) => thrown('URIError', 'URI malformed', { request: { url } });
    expect(reportOf(malformed('https://a.test/%zz'))).toBeNull();
    expect(reportOf(malformed('https://a.test/api/files'))).not.toBeNull();
    const message =
      '[next-auth][error][JWT_SESSION_ERROR] \nhttps://next-auth.js.org/errors#x decryption operation failed [object Object]';
    expect(reportOf(event({ logger: 'console', message }))).toBeNull();
    expect(reportOf(thrown('JWEDecryptionFailed', 'decryption operation failed'))).toBeNull();
    const shortened = Object.assign(new Error('Invalid Compact JWE'), { code: 'ERR_JWE_INVALID' });
    expect(reportOf(thrown('l', 'Invalid Compact JWE'), { originalException: shortened })).toBeNull();
    expect(
      reportOf(
        event({ logger: 'console', message: message.replace('decryption operation failed', 'database is locked') }),
      ),
    ).not.toBeNull();
  });

  test('the reference that a boundary shows', () => {
    const error = Object.assign(new Error('no such row'), { stack: 'Error: no such row\n    at Page (page.js:1:2)' });
    expect(reportOf(thrown('Error', 'no such row'), { originalException: error })).toMatchObject({
      tags: { digest: '711437069' },
    });
    const named = Object.assign(new Error('x'), { digest: '42' });
    expect(reportOf(thrown('Error', 'x', { tags: { a: 'b' } }), { originalException: named })).toMatchObject({
      tags: { a: 'b', digest: '42' },
    });
    expect(reportOf(event({ message: 'x' }))?.tags).toBeUndefined();
  });
});
