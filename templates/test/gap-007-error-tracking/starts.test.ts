import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const init = vi.fn();
const named = (name: string) => (options: object) => ({ name, ...options });
vi.mock('@sentry/nextjs', () => ({
  init,
  captureConsoleIntegration: named('CaptureConsole'),
  requestDataIntegration: named('RequestData'),
  httpIntegration: named('Http'),
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

test.each(['server', 'edge'])(
  '%s attaches nothing of a request, and reports what is logged as an error',
  async (runtime) => {
    vi.stubEnv('SENTRY_DSN', DSN);
    await import(`${FOLDER}/sentry.${runtime}.config.ts`);
    const [{ integrations }] = init.mock.calls[0] ?? [];
    expect(integrations).toContainEqual({ name: 'CaptureConsole', levels: ['error'] });
    const include = { data: false, cookies: false, headers: false, query_string: false, ip: false };
    expect(integrations).toContainEqual({ name: 'RequestData', include });
  },
);

test('the server reads no body', async () => {
  vi.stubEnv('SENTRY_DSN', DSN);
  await import(`${FOLDER}/sentry.server.config.ts`);
  const [{ integrations }] = init.mock.calls[0] ?? [];
  expect(integrations).toContainEqual({
    name: 'Http',
    disableIncomingRequestSpans: true,
    maxIncomingRequestBodySize: 'none', trackIncomingRequestsAsSessions: false,
  });
});

test.each(['nodejs', 'edge'])('instrumentation starts the client of the %s runtime, once', async (runtime) => {
  vi.stubEnv('SENTRY_DSN', DSN);
  vi.stubEnv('NEXT_RUNTIME', runtime);
  const { register } = await import(`${FOLDER}/instrumentation.ts`);
  await register();
  expect(init).toHaveBeenCalledOnce();
  expect(init.mock.calls[0]?.[0].integrations).toHaveLength(runtime === 'edge' ? 2 : 3);
});
