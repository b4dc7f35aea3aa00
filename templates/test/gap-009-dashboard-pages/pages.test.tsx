import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import AdminLayout from '../../gap-009-dashboard-pages/frontend/app/dashboard/admin/layout.tsx';
import PipelinesPage from '../../gap-009-dashboard-pages/frontend/app/dashboard/pipelines/page.tsx';
import PhoneNav from '../../gap-009-dashboard-pages/frontend/components/dashboard/PhoneNav.tsx';

const { session, path } = vi.hoisted(() => ({ session: vi.fn(), path: vi.fn() }));
vi.mock('next-auth/next', () => ({ getServerSession: session }));
vi.mock('@/lib/auth', () => ({ authOptions: {} }));
vi.mock('next/navigation', () => ({
  usePathname: path,
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`);
  },
}));

const fetched = vi.fn();
beforeEach(() => {
  path.mockReturnValue('/dashboard/pipelines');
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const pipeline = (projectId: string) => ({
  projectId,
  currentStage: 'BUILD',
  stageStatus: {
    INTAKE: { status: 'completed', assignedAgent: 'Analyst_Ang' },
    BUILD: { status: 'failed', error: 'No disk left' },
  },
  overallStatus: 'running',
  startedAt: '2026-01-02T03:04:05.000Z',
});

function serve(routes: Readonly<Record<string, unknown>>) {
  fetched.mockImplementation(async (url: string) => Response.json(routes[url] ?? {}, { status: routes[url] ? 200 : 502 }));
}

test('shows the pipelines of one\'s own projects, and nobody else\'s', async () => {
  serve({
    '/api/pipelines': { active: [pipeline('p-1'), pipeline('p-2')] },
    '/api/projects': { projects: [{ id: 'p-1', name: 'My shop' }] },
  });
  render(<PipelinesPage />);
  expect(await screen.findByRole('heading', { name: 'My shop' })).toBeVisible();
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(1);
  expect(screen.getByText('INTAKE (Analyst_Ang)')).toBeVisible();
  expect(screen.getByText('No disk left')).toBeVisible();
  expect(screen.getByText(/clears this list/)).toBeVisible();
});

test('says that there is none, and what failed', async () => {
  serve({ '/api/pipelines': { active: [pipeline('p-2')] }, '/api/projects': { projects: [] } });
  render(<PipelinesPage />);
  expect(await screen.findByText('No pipelines yet.')).toBeVisible();
  cleanup();
  serve({ '/api/pipelines': { active: [] } });
  render(<PipelinesPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This is not available right now.');
});

test.each([
  [null, 'redirected to /sign-in?callbackUrl=%2Fdashboard%2Fadmin'],
  [{ user: { role: 'USER' } }, 'redirected to /dashboard'],
  [{ user: {} }, 'redirected to /dashboard'],
])('turns %j away from the admin page', async (who, where) => {
  session.mockResolvedValue(who);
  await expect(AdminLayout({ children: 'secret' })).rejects.toThrow(where);
});

test('an outage of the accounts is an error, and no reason to sign in', async () => {
  session.mockResolvedValue({ expires: '', isUnavailable: true });
  await expect(AdminLayout({ children: 'secret' })).rejects.toThrow('Accounts are not available right now.');
});

test('lets the owner in', async () => {
  session.mockResolvedValue({ user: { role: 'OWNER' } });
  render(await AdminLayout({ children: 'secret' }));
  expect(screen.getByText('secret')).toBeVisible();
});

test('opens the navigation on phones, and closes it on the next page', async () => {
  const nav = () => (
    <PhoneNav>
      <a href="/dashboard/lab">Lab</a>
    </PhoneNav>
  );
  const { rerender } = render(nav());
  const button = screen.getByRole('button', { name: 'Menu', expanded: false });
  expect(screen.queryByRole('link')).toBeNull();
  await userEvent.click(button);
  expect(screen.getByRole('link', { name: 'Lab' })).toBeVisible();
  expect(button).toHaveAttribute('aria-expanded', 'true');
  path.mockReturnValue('/dashboard/lab');
  rerender(nav());
  expect(screen.queryByRole('link')).toBeNull();
});
