import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { askApi, failureOf } from '../../gap-010-api-routes/frontend/lib/api/client.ts';

const fetched = vi.fn<typeof fetch>();
const Thing = z.object({ name: z.string() });
const ask = () => askApi('/api/things', Thing);

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => void vi.unstubAllGlobals());

function answers(body: BodyInit, status = 200): void {
  fetched.mockImplementation(async () => new Response(body, { status }));
}

describe('askApi', () => {
  test('hands over what fits the schema', async () => {
    answers('{"name":"shelf","more":1}');
    expect(await ask()).toEqual({ isOk: true, data: { name: 'shelf' } });
    expect(fetched.mock.calls[0]).toEqual(['/api/things', { method: 'GET' }]);
  });

  test('sends a body as JSON', async () => {
    answers('{"name":"shelf"}');
    await askApi('/api/things', Thing, { body: { id: 1 } });
    await askApi('/api/things', Thing, { method: 'DELETE', body: {} });
    expect(fetched.mock.calls.map(([, init]) => [init?.method, init?.body])).toEqual([
      ['POST', '{"id":1}'],
      ['DELETE', '{}'],
    ]);
    expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({ 'Content-Type': 'application/json' });
  });

  test.each(['{"name":5}', '<html>', ''])('takes %j for a failure of the server', async (body) => {
    answers(body);
    expect(await ask()).toMatchObject({ isOk: false, status: 502 });
  });

  test('says that nobody answers', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    const asked = await ask();
    expect(asked).toMatchObject({ isOk: false, status: 0, code: 'no_response' });
    expect(JSON.stringify(asked)).not.toContain('Failed to fetch');
  });

  test("keeps the words and the code of this app's own refusals", async () => {
    answers('{"error":"Try again in an hour.","code":"too_many_attempts"}', 429);
    expect(await ask()).toMatchObject({ status: 429, code: 'too_many_attempts', error: 'Try again in an hour.' });
  });

  test.each([
    [401, '{"error":"Unauthorized"}', 'Sign in to continue.'],
    [429, '{"error":"Too many requests"}', 'Too many requests. Wait a minute, then try again.'],
    [502, '<h1>502 Bad Gateway</h1>', 'This is not available right now. Try again in a moment.'],
    [504, '', 'This takes too long right now. Try again in a moment.'],
    [409, '{"error":"This name is taken."}', 'This name is taken.'],
    [418, '{"error":{"message":"no text"}}', 'Something went wrong. Try again in a moment.'],
    [500, 'null', 'Something went wrong. Try again in a moment.'],
  ])('has words for %i %s', async (status, body, error) => {
    answers(body, status);
    expect(await ask()).toMatchObject({ isOk: false, status, code: 'failed', error });
  });
});

test('failureOf says the same of a response', async () => {
  expect(await failureOf(new Response('<html>', { status: 502 }))).toMatch(/not available right now/);
  expect(await failureOf(Response.json({ error: 'Sign in first.', code: 'signed_out' }, { status: 401 }))).toBe(
    'Sign in first.',
  );
});
