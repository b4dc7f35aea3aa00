import { describe, expect, test } from 'vitest';
import { reportOrigin, scrub, trackingOptions } from '@/lib/error-tracking';

describe('a report', () => {
  test.each([
    ['no account of ada@example.com', 'no account of [email]'],
    ['<Ada.L+news@mail.example.co.uk>', '<[email]>'],
    ['to jürgen@bücher.example, and bob@x.io', 'to [email], and [email]'],
    ['/api/users?email=ada%40example.com&page=2', '/api/users?email=[email]&page=2'],
    ['mailto:ada@example.com', 'mailto:[email]'],
  ])('loses the addresses in %s', (text, expected) => {
    expect(scrub({ message: text })).toEqual({ message: expected });
  });

  test.each([
    'node_modules/.pnpm/next@14.0.4_react-dom@18.2.0/node_modules/next/dist/server/base-server.js',
    'webpack-internal:///(rsc)/./node_modules/@sentry/nextjs/build/index.js',
    'it costs 5 @ 3.50',
    'a token was expected = no',
  ])('keeps %s', (text) => {
    expect(scrub({ message: text })).toEqual({ message: text });
  });

  test('loses them wherever they stand', () => {
    const event = {
      exception: { values: [{ value: 'ada@example.com is taken' }] },
      breadcrumbs: [{ data: { url: '/profile?of=ada@example.com' } }, { message: 'mail to bob@example.com' }],
      user: { email: 'ada@example.com', id: 'u1' },
      extra: { 'ada@example.com': 1 },
    };
    const text = JSON.stringify(scrub(event));
    expect(text).not.toMatch(/ada|bob|@/);
    expect(text).toContain('"id":"u1"');
    expect(event.user.email).toBe('ada@example.com');
  });

  test.each([
    ['https://aims.test/reset-password?token=abc123&lang=en', 'https://aims.test/reset-password?token=[secret]&lang=en'],
    ['token=abc123', 'token=[secret]'],
    ['/callback?state=1&code=x%2Fy#top', '/callback?state=1&code=[secret]#top'],
    ['/x?resetToken=abc', '/x?resetToken=[secret]'],
  ])('loses what opens a door in %s', (text, expected) => {
    expect(scrub({ url: text })).toEqual({ url: expected });
  });

  test('loses values under names of secrets', () => {
    expect(scrub({ headers: { Authorization: 'Bearer x', Cookie: 'a=b', Accept: '*/*' }, password: 'p' })).toEqual({
      headers: { Authorization: '[secret]', Cookie: '[secret]', Accept: '*/*' },
      password: '[secret]',
    });
  });

  test('may lead back to itself, and leaves instances alone', () => {
    class Scope {
      mail = 'ada@example.com';
    }
    const scope = new Scope();
    const event: Record<string, unknown> = { scope, list: ['ada@example.com'] };
    event.self = event;
    const clean = scrub(event);
    expect(clean.self).toBe(clean);
    expect(clean.scope).toBe(scope);
    expect(clean.list).toEqual(['[email]']);
  });

  test('is scrubbed quickly, whatever it holds', () => {
    const started = performance.now();
    scrub({ a: 'a'.repeat(200_000), b: `x@${'a.'.repeat(50_000)}`, c: `?${'token'.repeat(20_000)}` });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('every report passes the scrubber, and collects nothing of a visitor', () => {
  const { beforeSend, beforeSendTransaction, dataCollection } = trackingOptions('https://k@o1.ingest.sentry.io/1');
  expect(beforeSend({ message: 'ada@example.com' })).toEqual({ message: '[email]' });
  expect(beforeSendTransaction({ transaction: '/u/ada@example.com' })).toEqual({ transaction: '/u/[email]' });
  expect(dataCollection).toMatchObject({ userInfo: false, cookies: false, httpBodies: [], urlQueryParams: false });
});

describe('the policy lets reports out', () => {
  test('to the host of the DSN alone, wherever that is', () => {
    expect(reportOrigin('https://abc@o1.ingest.us.sentry.io/42')).toBe('https://o1.ingest.us.sentry.io');
    expect(reportOrigin('http://abc@127.0.0.1:4999/1')).toBe('http://127.0.0.1:4999');
  });

  test('to nobody without one', () => {
    expect([reportOrigin(undefined), reportOrigin(''), reportOrigin('no address')]).toEqual(['', '', '']);
  });
});
