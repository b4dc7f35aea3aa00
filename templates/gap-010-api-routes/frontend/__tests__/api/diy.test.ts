// @vitest-environment node
import { vi } from 'vitest';
import { POST } from '@/app/api/acheevy/diy/route';
import { testRoute } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);

testRoute({
  handler: POST,
  method: 'POST',
  path: '/api/acheevy/diy',
  input: { message: 'How do I hang a shelf', sessionId: 'project-1' },
  wrong: { message: '' },
  service: '/diy',
  perMinute: 20,
  tooLarge: 16_000_000,
});
