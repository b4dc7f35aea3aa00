import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const init = vi.fn();
vi.mock('@sentry/nextjs', () => ({
  init,
  captureConsoleIntegration: (options: object) => ({ name: 'CaptureConsole', ...options }),
  captureRequestError: () => undefined,
  captureRouterTransitionStart: () => undefined,
}));

const FOLDER = '../../gap-007-error-tracking/frontend';
const DSN = 'https://k@o1.ingest.sentry.io/1';

beforeEach(() => {
  vi.resetModules();
  init.mockClear();
});
afterEach(() => vi.unstubAllEnvs());

describe.each([
  ['NEXT_PUBLIC_SENTRY_DSN', 'sentry.client.config'],
  ['NEXT_PUBLIC_SENTRY_DSN', 'instrumentation-client'],
  ['SENTRY_DSN', 'sentry.server.config'],
  ['SENTRY_DSN', 'sentry.edge.config'],
])('with %s, %s', (variable, file) => {
  test('starts with the scrubber', async () => {
    vi.stubEnv(variable, DSN);
    await import(`${FOLDER}/${file}.ts`);
    expect(init).toHaveBeenCalledOnce();
    const [options] = init.mock.calls[0] ?? [];
    expect(options.dsn).toBe(DSN);
    expect(options.beforeSend({ message: 'ada@example.com' })).toEqual({ message: '[email]' });
  });

  test('is silent where it is empty', async () => {
    vi.stubEnv(variable, '');
    await import(`${FOLDER}/${file}.ts`);
    expect(init).not.toHaveBeenCalled();
  });
});

test('the server reports errors that were caught and logged, and no mere texts', async () => {
  vi.stubEnv('SENTRY_DSN', DSN);
  await import(`${FOLDER}/sentry.server.config.ts`);
  const [{ beforeSend, integrations }] = init.mock.calls[0] ?? [];
  expect(integrations).toEqual([{ name: 'CaptureConsole', levels: ['error'] }]);
  const exception = { values: [{ value: 'no ada@example.com' }] };
  expect(beforeSend({ logger: 'console', exception })).toEqual({
    logger: 'console',
    exception: { values: [{ value: 'no [email]' }] },
  });
  expect(beforeSend({ logger: 'console', message: 'Error: no ada@example.com' })).toBeNull();
  expect(beforeSend({ message: 'to ada@example.com' })).toEqual({ message: 'to [email]' });
});

test.each(['nodejs', 'edge'])('instrumentation starts the client of the %s runtime, once', async (runtime) => {
  vi.stubEnv('SENTRY_DSN', DSN);
  vi.stubEnv('NEXT_RUNTIME', runtime);
  const { register } = await import(`${FOLDER}/instrumentation.ts`);
  await register();
  expect(init).toHaveBeenCalledOnce();
  expect(init.mock.calls[0]?.[0].integrations === undefined).toBe(runtime === 'edge');
});
