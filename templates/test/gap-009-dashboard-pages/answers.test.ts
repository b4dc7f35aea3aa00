import { beforeEach, expect, test, vi } from 'vitest';
import { POST as spawn } from '../../gap-009-dashboard-pages/frontend/app/api/house-of-ang/spawn/route.ts';
import { POST as promote } from '../../gap-009-dashboard-pages/frontend/app/api/releases/promote/route.ts';
import { GET as models } from '../../gap-009-dashboard-pages/frontend/app/api/admin/models/route.ts';
import { GET as environmentsRoute } from '../../gap-009-dashboard-pages/frontend/app/api/environments/route.ts';
import { GET as houseRoute } from '../../gap-009-dashboard-pages/frontend/app/api/house-of-ang/route.ts';
import { GET as pipelines } from '../../gap-009-dashboard-pages/frontend/app/api/pipelines/route.ts';
import { GET as pmo } from '../../gap-009-dashboard-pages/frontend/app/api/pmo/route.ts';
import { GET as releases } from '../../gap-009-dashboard-pages/frontend/app/api/releases/route.ts';
import { GET as templates } from '../../gap-009-dashboard-pages/frontend/app/api/templates/route.ts';
import { ActionRefused } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/ask-api.ts';
import * as environments from '../../gap-009-dashboard-pages/frontend/lib/dashboard/environments.ts';
import * as house from '../../gap-009-dashboard-pages/frontend/lib/dashboard/house-of-ang.ts';
import { readModels } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/models.ts';
import { readDirectors } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/offices.ts';
import { readPipelines, readProjects } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/pipelines.ts';
import { readDeployments } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/releases.ts';
import { readStarted, readTemplates } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/templates.ts';

const { session, waits } = vi.hoisted(() => ({ session: vi.fn(), waits: vi.fn() }));
vi.mock('@/lib/api/limits', () => ({ secondsToWait: waits }));
vi.mock('next-auth/next', () => ({ getServerSession: session }));
vi.mock('@/lib/auth', () => ({ authOptions: {} }));
vi.mock('@/lib/api-proxy', () => ({ proxyToBackend: async (call: object) => Response.json(call) }));

const READERS = {
  ...environments,
  ...house,
  readModels,
  readDirectors,
  readPipelines,
  readProjects,
  readDeployments,
  readStarted,
  readTemplates,
};

test.each(Object.entries(READERS))('%s throws on any other shape', (_name, read) => {
  for (const body of [undefined, null, {}, [], 'text', { environments: [{}] }, { roster: 'all' }])
    expect(() => read(body)).toThrow();
});

test('environments without a release say so', () => {
  const body = {
    environments: [
      { name: 'development', status: 'healthy', currentRelease: { id: 'r-1', version: '1.2.3' }, lastDeployedAt: 'then' },
      { name: 'production', status: 'down' },
    ],
  };
  expect(environments.readEnvironments(body)).toMatchObject([
    { id: 'development', name: 'Development', version: '1.2.3', release: 'r-1', lastDeploy: 'then' },
    { id: 'production', status: 'down', version: 'No release', release: undefined, lastDeploy: undefined },
  ]);
});

test('a promotion that a check holds back is refused with its reason', () => {
  const checks = [
    { passed: true, detail: 'found' },
    { passed: false, detail: 'needs an approval' },
  ];
  expect(() => environments.readPromotion({ success: false, checks })).toThrow(new ActionRefused('needs an approval'));
  expect(() => environments.readPromotion({ success: false, checks: [] })).toThrow('Nothing was promoted.');
  expect(environments.readPromotion({ success: true, checks })).toBeUndefined();
});

test('a release is one deployment for each environment, newest first', () => {
  const release = { id: 'a', version: '1', changelog: 'c', createdBy: 'x', status: 'released', deployedTo: ['staging'] };
  const rows = readDeployments({
    releases: [
      { ...release, createdAt: '2026-01-01' },
      { ...release, id: 'b', createdAt: '2026-02-01', status: 'rolled-back', deployedTo: ['staging', 'production'] },
      { ...release, id: 'c', createdAt: '2026-03-01', status: 'draft', deployedTo: [] },
    ],
  });
  expect(rows.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'b-staging rolled_back',
    'b-production rolled_back',
    'a-staging success',
  ]);
});

test('agents are told apart by what they do', () => {
  const agent = { id: 'x', name: 'X', title: 'T', role: 'R', status: 'DEPLOYED', tasksCompleted: 3, successRate: 90, specialties: ['s'] };
  const body = {
    roster: [
      { ...agent, type: 'SUPERVISORY', assignedPmo: 'tech-office' },
      { ...agent, type: 'EXECUTION', assignedPmo: null },
    ],
  };
  expect(house.readSupervisors(body)).toEqual([{ id: 'x', name: 'X', title: 'T', pmo: 'TECH OFFICE', status: 'DEPLOYED' }]);
  expect(house.readExecutors(body)).toMatchObject([{ role: 'T', tasks: 3, successRate: 90 }]);
  expect(house.readAssignments(body)).toEqual([{ role: 'X', status: 'Active', tasks: 'R' }]);
});

test('models and templates in the words of a page', () => {
  const model = { id: 'm', name: 'M', tier: 'fast', contextWindow: 200_000, pricing: { inputPer1M: 3, outputPer1M: 15 } };
  expect(readModels({ models: [model] })).toEqual([{ id: 'm', name: 'M', role: 'fast', price: '$3/$15 per 1M', ctx: '200K' }]);
  const template = { id: 't', name: 'T', description: 'D', complexity: 'simple', estimatedBuildTime: '1 h', features: ['a', 'b'] };
  expect(readTemplates({ templates: [template] })).toMatchObject([{ estimatedTime: '1 h', featureCount: 2 }]);
});

const URL = 'http://localhost/api';
const post = (body: unknown, headers = {}) => new Request(URL, { method: 'POST', body: JSON.stringify(body), headers });
const OWNER = { id: 'o-1', email: 'owner@example.com', role: 'OWNER' };
const MOVE = { release: 'r/1', from: 'staging', to: 'production' };
const AGENT = { name: 'Writer', title: 'Writes', role: 'When text is needed' };

beforeEach(() => {
  session.mockReset().mockResolvedValue({ user: OWNER });
  waits.mockReset().mockReturnValue(0);
});

test.each([
  ['promote', promote, MOVE],
  ['spawn', spawn, AGENT],
])('%s asks who it is before it reads what is asked', async (_name, route, body) => {
  session.mockResolvedValue(null);
  const request = post(body);
  expect((await route(request)).status).toBe(401);
  expect(request.bodyUsed).toBe(false);
});

test.each([
  ['promote', promote, MOVE],
  ['spawn', spawn, AGENT],
])('%s is for the owner, on this site, and not too often', async (_name, route, body) => {
  expect((await route(post(body, { origin: 'https://elsewhere.example' }))).status).toBe(403);
  waits.mockReturnValue(9);
  expect((await route(post(body))).headers.get('retry-after')).toBe('9');
  session.mockResolvedValue({ user: { ...OWNER, role: 'USER' } });
  expect((await route(post(body))).status).toBe(403);
  session.mockResolvedValue({ expires: '', isUnavailable: true });
  expect((await route(post(body))).status).toBe(503);
});

const LISTS = { environments: environmentsRoute, releases, house: houseRoute, models, pipelines, pmo, templates };

test.each(Object.entries(LISTS))('%s asks who it is and counts each person by themselves', async (_name, route) => {
  const get = () => route(new Request(URL));
  expect((await get()).status).toBe(200);
  expect(waits).toHaveBeenCalledWith(expect.stringMatching(/:o-1$/), 60);
  waits.mockReturnValue(9);
  expect((await get()).status).toBe(429);
  session.mockResolvedValue(null);
  expect((await get()).status).toBe(401);
});

test.each([
  ['promote without a release', promote, { from: 'development', to: 'staging' }, 'There is no release to promote there.'],
  ['promote to nowhere', promote, { ...MOVE, to: 'moon' }, 'Invalid'],
  ['spawn without a name', spawn, { ...AGENT, name: ' ' }, 'Give the agent a name.'],
  ['spawn with a list', spawn, [], 'Expected object'],
])('%s is a bad request', async (_name, route, body, text) => {
  const response = await route(post(body));
  expect(response.status).toBe(400);
  const details = [{ message: expect.stringContaining(text) }];
  expect(await response.json()).toMatchObject({ code: 'invalid_input', details });
});

test('malformed JSON is a bad request', async () => {
  const request = new Request('http://localhost/api', { method: 'POST', body: '{' });
  expect((await promote(request)).status).toBe(400);
});

test('what reaches the gateway is what was checked, and for the owner', async () => {
  expect(await (await promote(post({ ...MOVE, extra: true }))).json()).toEqual({
    path: '/releases/r%2F1/promote',
    method: 'POST',
    body: { from: 'staging', to: 'production' },
    requireOwner: true,
  });
  expect(await (await spawn(post(AGENT))).json()).toEqual({
    path: '/house-of-ang/spawn',
    method: 'POST',
    body: { ...AGENT, type: 'EXECUTION' },
    requireOwner: true,
  });
  expect(await (await models(new Request(URL))).json()).toEqual({ path: '/admin/models', requireOwner: true });
});
