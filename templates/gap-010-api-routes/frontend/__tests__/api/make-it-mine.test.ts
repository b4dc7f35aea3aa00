// @vitest-environment node
import { NextRequest } from 'next/server';
import { describe, expect, test, vi } from 'vitest';
import { GET, POST } from '@/app/api/make-it-mine/route';
import { freshServices, testRoute } from '../helpers/api-routes';

vi.mock('next-auth/next', async () => (await import('../helpers/api-routes')).nextAuth);

testRoute({
  handler: POST,
  method: 'POST',
  path: '/api/make-it-mine',
  input: {
    templateId: 'crm',
    projectName: 'My CRM',
    industry: 'construction',
    branding: { primaryColor: '#fff', secondaryColor: '#000', companyName: 'Ada & Co.' },
  },
  wrong: { templateId: ['crm'] },
  service: '/make-it-mine/clone',
  perMinute: 10,
});

testRoute({
  handler: GET,
  method: 'GET',
  path: '/api/make-it-mine',
  input: { templateId: 'crm', industry: 'construction' },
  wrong: { templateId: '', industry: 'construction' },
  service: '/make-it-mine/suggest?',
  perMinute: 60,
});

describe('the query of GET /api/make-it-mine', () => {
  const fetched = freshServices();

  test('cannot grow another parameter', async () => {
    const query = new URLSearchParams({ templateId: 'crm&admin=1#', industry: 'a b' });
    await GET(new NextRequest(`http://localhost/api/make-it-mine?${query}`));
    const { search, hash } = new URL(String(fetched.mock.calls[0]?.[0]));
    expect(search + hash).toBe(`?${query}`);
  });
});
