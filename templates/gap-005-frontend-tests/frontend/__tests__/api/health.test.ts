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
  test('responds with 200 and healthy when there are no other services to check', async () => {
    const answer = await GET();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'healthy', services: [] });
    expect(fetched).not.toHaveBeenCalled();
  });

  test('checks the gateway and reports that it is healthy', async () => {
    vi.stubEnv('UEF_GATEWAY_URL', GATEWAY);
    fetched.mockImplementation(async () => Response.json({ status: 'ok' }));
    const answer = await GET();
    expect(fetched).toHaveBeenCalledWith(`${GATEWAY}/health`, expect.anything());
    expect(await answer.json()).toMatchObject({ status: 'healthy', services: [{ status: 'healthy' }] });
  });

  test('reports that the gateway is down, still with 200: Docker restarts the container otherwise', async () => {
    vi.stubEnv('UEF_GATEWAY_URL', GATEWAY);
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    const answer = await GET();
    expect(answer.status).toBe(200);
    const { status, services } = await answer.json();
    expect(status).not.toBe('healthy');
    expect(services).toMatchObject([{ status: 'unhealthy' }]);
  });
});
