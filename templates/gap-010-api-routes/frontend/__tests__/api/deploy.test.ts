// @vitest-environment node
import { vi } from 'vitest';
import { POST } from '@/app/api/deploy/route';
import { testRoute } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);

testRoute({
  handler: POST,
  method: 'POST',
  path: '/api/deploy',
  input: { plugId: 'plug-1', domain: 'shop.example.com' },
  wrong: { plugId: 1 },
  service: '/deploy',
  perMinute: 10,
});
