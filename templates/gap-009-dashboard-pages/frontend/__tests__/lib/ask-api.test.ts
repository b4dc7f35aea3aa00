import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ActionRefused, askApi, problemFor } from '@/lib/dashboard/ask-api';

const fetched = vi.fn();

function readName(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'name' in body) return String(body.name);
  throw new Error('another shape');
}

const reply = (body: unknown, status = 200, headers = {}) =>
  fetched.mockImplementation(async () => new Response(JSON.stringify(body), { status, headers }));

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('brings what the reader makes of the answer', async () => {
  reply({ name: 'Ada' });
  expect(await askApi('/api/things', readName)).toEqual({ data: 'Ada' });
});

test.each([
  [401, { kind: 'signed-out' }],
  [403, { kind: 'forbidden' }],
  [429, { kind: 'too-many', seconds: 9 }],
  [500, { kind: 'unavailable' }],
  [502, { kind: 'unavailable' }],
  [409, { kind: 'refused', message: 'Taken already' }],
])('a %i is told as %j', async (status, problem) => {
  reply({ name: 'Ada', error: 'Taken already' }, status, { 'retry-after': '9' });
  expect(await askApi('/api/things', readName)).toEqual({ problem });
});

test.each([
  [403, { kind: 'forbidden', message: 'Not confirmed' }],
  [503, { kind: 'unavailable', message: 'Not confirmed' }],
])('what the app itself says of a %i is kept', async (status, problem) => {
  reply({ error: 'Not confirmed', code: 'some_code' }, status);
  expect(await askApi('/api/things', readName)).toEqual({ problem });
});

test('an answer of another shape is a problem and no exception', async () => {
  reply({ surprise: true });
  expect(await askApi('/api/things', readName)).toEqual({ problem: { kind: 'unreadable' } });
});

test('an answer that says that nothing was done is a refusal with its reason', async () => {
  reply({ success: false });
  const refuse = () => {
    throw new ActionRefused('Not approved yet');
  };
  expect(await askApi('/api/things', refuse, {})).toEqual({
    problem: { kind: 'refused', message: 'Not approved yet' },
  });
});

test('what never answers is given up', async () => {
  vi.useFakeTimers();
  fetched.mockImplementation(
    (_url: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
  );
  const asked = askApi('/api/things', readName);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await asked).toMatchObject({ problem: { kind: 'unavailable', message: expect.stringContaining('did not respond') } });
});

test('two lists of one route share a request, and the next one asks again', async () => {
  reply({ name: 'Ada' });
  await Promise.all([askApi('/api/things', readName), askApi('/api/things', readName)]);
  expect(fetched).toHaveBeenCalledTimes(1);
  await askApi('/api/things', readName);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('a request is sent as JSON, and shared with nobody', async () => {
  reply({ name: 'Ada' });
  await Promise.all([askApi('/api/things', readName, { a: 1 }), askApi('/api/things', readName, { a: 1 })]);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"a":1}' });
});

test('a status by itself is told the same way', () => {
  expect([401, 502].map(problemFor)).toEqual([{ kind: 'signed-out' }, { kind: 'unavailable' }]);
});
