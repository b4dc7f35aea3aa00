// @vitest-environment node
import { vi } from 'vitest';
import { GET } from '@/app/api/boomerangs/route';
import { testRoute } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);

testRoute({
  handler: GET,
  method: 'GET',
  path: '/api/boomerangs',
  input: {},
  service: '/boomerangs',
  perMinute: 60,
});
