// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET } from '@/app/api/health/route';

const GATEWAY = 'http://gateway.test:3001';
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  for (const name of Object.keys(process.env)) if (/_(URL|ENDPOINT)$/.test(name)) vi.stubEnv(name, '');
});

describe('GET /api/health', () => {
  test('answers 200 and healthy when there is nothing else to ask', async () => {
    const answer = await GET();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'healthy', services: [] });
    expect(fetched).not.toHaveBeenCalled();
  });

  test('asks the gateway and passes on that it is well', async () => {
    vi.stubEnv('UEF_GATEWAY_URL', GATEWAY);
    fetched.mockImplementation(async () => Response.json({ status: 'ok' }));
    const answer = await GET();
    expect(fetched).toHaveBeenCalledWith(`${GATEWAY}/health`, expect.anything());
    expect(await answer.json()).toMatchObject({ status: 'healthy', services: [{ status: 'healthy' }] });
  });

  test('says that the gateway is down, and stays 200: Docker restarts the container on anything else', async () => {
    vi.stubEnv('UEF_GATEWAY_URL', GATEWAY);
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    const answer = await GET();
    expect(answer.status).toBe(200);
    const { status, services } = await answer.json();
    expect(status).not.toBe('healthy');
    expect(services).toMatchObject([{ status: 'unhealthy' }]);
  });
});
