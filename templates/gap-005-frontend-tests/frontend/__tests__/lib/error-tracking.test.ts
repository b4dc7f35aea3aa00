// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { trackingOptions } from '@/lib/error-tracking/options';

const SECRET = 'k7Qw2ZpX9vLm4RtB';
const { beforeSend } = trackingOptions('https://key@errors.example.com/1');

/** What is sent to the error tracker, as text. */
const reported = (event: object) => JSON.stringify(beforeSend({ type: undefined, ...event }));

describe('a report to the error tracker', () => {
  test.each([
    ['a message', { message: `Sign-in failed with password=${SECRET}` }],
    ['an error', { exception: { values: [{ type: 'Error', value: `{"token": "${SECRET}"} is not valid` }] } }],
    ['a log line', { breadcrumbs: [{ category: 'console', message: `Authorization: Bearer ${SECRET}` }] }],
    ['a visited URL', { breadcrumbs: [{ data: { to: `/reset-password#token=${SECRET}` } }] }],
    ['a requested URL', { request: { url: `https://example.com/sign-up?setup-token=${SECRET}` } }],
    ['attached data', { extra: { nested: [{ apiKey: SECRET }] } }],
    ['a tag', { tags: { session_token: SECRET } }],
    ['a body', { request: { data: { password: SECRET } } }],
    ['a header', { request: { headers: { Authorization: `Bearer ${SECRET}` } } }],
    ['a cookie', { request: { cookies: { 'next-auth.session-token': SECRET } } }],
    ['a query', { request: { query_string: `q=${SECRET}` } }],
  ])('contains no secret from %s', (_, event) => {
    expect(JSON.stringify(event)).toContain(SECRET);
    expect(reported(event)).not.toContain(SECRET);
  });

  test.each([
    [`?token=${SECRET}`],
    [`&setup-token=${SECRET}#top`],
    [`%23token%3D${SECRET}`],
    [`password: ${SECRET}`],
    [`{"apiKey":"${SECRET}"}`],
    [`{\\"token\\":\\"${SECRET}\\"}`],
    [`{ name: 'password', value: '${SECRET}' }`],
    [`['token', '${SECRET}']`],
    [`{"secrets":["${SECRET}"]}`],
    [`<password>${SECRET}</password>`],
    [`run --token ${SECRET}`],
    [`Authorization: Basic ${SECRET}`],
    [`Cookie: theme=dark; next-auth.session-token=${SECRET}`],
    [`the token ${SECRET} is unknown`],
    [`api key: ${SECRET}`],
    [`https://ada:${SECRET}@example.com/`],
    [`redis://:${SECRET}/0@redis:6379`],
    [`re_${SECRET} was refused`],
    [`sk_live_${SECRET}`],
    [`eyJhbGciOiJIUzI1NiJ9.${SECRET}.${SECRET}`],
    [`-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`],
  ])('finds the secret in %s', (message) => {
    expect(reported({ message })).not.toContain(SECRET);
  });

  test.each([['Unexpected token < in JSON at position 0'], ['Invalid password'], ['1200 tokens used at 12:30']])(
    'leaves "%s" unchanged',
    (message) => {
      expect(JSON.parse(reported({ message }))).toMatchObject({ message });
    },
  );

  test('contains no network addresses of visitors', () => {
    const message = reported({ message: 'Too many requests from 203.0.113.7 and 2001:db8::7' });
    expect(message).not.toMatch(/203\.0\.113\.7|2001:db8/);
  });

  test('is not sent for a malformed URL from a scanner', () => {
    const exception = { values: [{ type: 'URIError', value: 'URI malformed' }] };
    expect(reported({ exception, request: { url: 'https://example.com/%zz' } })).toBe('null');
  });

  test('contains no email addresses', () => {
    const message = 'No account for ada.lovelace@example.com';
    expect(reported({ message, user: { email: 'ada.lovelace@example.com' } })).not.toContain('lovelace');
  });

  test('contains what it takes to find the error', () => {
    const frame = { filename: 'node_modules/next@14.0.4/server.js', function: 'renderToHTML', lineno: 12 };
    const value = "Cannot read properties of undefined (reading 'name')";
    const event = {
      exception: { values: [{ type: 'TypeError', value, stacktrace: { frames: [frame] } }] },
      request: { method: 'POST', url: 'https://example.com/api/profile' },
    };
    expect(JSON.parse(reported(event))).toMatchObject(event);
  });
});
