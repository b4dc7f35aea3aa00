// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET } from '@/app/api/admin/api-keys/route';
import { freshServices, visitAs } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);

const fetched = freshServices();
const KEYS = [
  { id: 'STRIPE_SECRET_KEY', label: 'Stripe', scope: 'Payments', configured: true, masked: 'sk_l****9f2a' },
  { id: 'GEMINI_API_KEY', label: 'Gemini', scope: 'Models', configured: false, masked: '' },
];

beforeEach(() => {
  visitAs('OWNER');
  fetched.mockImplementation(async () => Response.json({ keys: KEYS, environment: { SECRET: 'hunter2' } }));
});

describe('GET /api/admin/api-keys', () => {
  test.each([
    [401, undefined],
    [403, 'USER'],
  ] as const)('answers %i to everyone but the owner', async (status, role) => {
    visitAs(role);
    expect((await GET()).status).toBe(status);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('says which keys are set, and no piece of one', async () => {
    const answer = await GET();
    const text = await answer.text();
    expect(JSON.parse(text).keys).toMatchObject([
      { id: 'STRIPE_SECRET_KEY', label: 'Stripe', scope: 'Payments', configured: true },
      { id: 'GEMINI_API_KEY', configured: false, masked: '' },
    ]);
    expect(text).not.toMatch(/sk_l|9f2a|hunter2/);
  });

  test.each([
    ['fails', () => Response.json({ error: 'cause' }, { status: 500 })],
    ['does not know the key of this app', () => Response.json({ error: 'cause' }, { status: 401 })],
    ['answers something else', () => Response.json({ keys: 'none' })],
    ['answers no JSON', () => new Response('<html>')],
  ])('answers 502 when the service %s', async (_, answer) => {
    fetched.mockImplementation(async () => answer());
    const said = await GET();
    expect(said.status).toBe(502);
    expect(await said.json()).toMatchObject({ code: 'upstream_failed' });
  });

  test('answers what the service says now', async () => {
    await GET();
    fetched.mockImplementation(async () => Response.json({ keys: [] }));
    expect(await (await GET()).json()).toEqual({ keys: [] });
    expect(fetched.mock.calls[0]?.[1]?.cache).toBe('no-store');
  });
});
