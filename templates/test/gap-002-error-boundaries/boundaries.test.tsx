import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import DashboardErrorJs from '../../gap-002-error-boundaries/frontend/app/dashboard/error.jsx';
import DashboardError from '../../gap-002-error-boundaries/frontend/app/dashboard/error.tsx';
import RootErrorJs from '../../gap-002-error-boundaries/frontend/app/error.jsx';
import RootError from '../../gap-002-error-boundaries/frontend/app/error.tsx';

const SECRET = 'connect ECONNREFUSED postgres://admin:hunter2@db';
const reset = vi.fn();
const router: AppRouterInstance = {
  back: vi.fn(),
  forward: vi.fn(),
  push: vi.fn(),
  replace: vi.fn(),
  prefetch: vi.fn(),
  refresh: vi.fn(),
};

function InApp({ children }: { children: ReactNode }) {
  return <AppRouterContext.Provider value={router}>{children}</AppRouterContext.Provider>;
}

beforeEach(() => {
  reset.mockReset();
  vi.mocked(router.refresh).mockReset();
});
afterEach(cleanup);

describe.each([
  ['app/error.tsx', RootError],
  ['app/error.jsx', RootErrorJs],
  ['app/dashboard/error.tsx', DashboardError],
  ['app/dashboard/error.jsx', DashboardErrorJs],
])('%s', (_path, Boundary) => {
  function show(error: Error & { digest?: string } = new Error(SECRET)) {
    return render(<Boundary error={error} reset={reset} />, { wrapper: InApp });
  }

  test('announces itself as an alert with a heading and a sentence', () => {
    show();
    const alert = screen.getByRole('alert');
    expect(alert.contains(screen.getByRole('heading', { level: 1 }))).toBe(true);
    expect(alert.textContent).toContain('An unexpected error occurred.');
  });

  test('moves the focus to its heading once, and leaves it where the person takes it', () => {
    const { rerender } = show();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    const retry = screen.getByRole('button', { name: 'Try Again' });
    retry.focus();
    rerender(<Boundary error={new Error('another')} reset={reset} />);
    expect(document.activeElement).toBe(retry);
  });

  test('asks the server anew and resets when a person tries again', () => {
    show();
    expect(reset).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Try Again' }));
    expect(router.refresh).toHaveBeenCalledTimes(1);
    expect(reset).toHaveBeenCalledTimes(1);
  });

  test('submits no form around it', () => {
    show();
    expect(screen.getByRole('button', { name: 'Try Again' }).getAttribute('type')).toBe('button');
  });

  test('shows the digest as a reference and keeps the message to itself', () => {
    const { container } = show(Object.assign(new Error(SECRET), { digest: '2187334905' }));
    expect(screen.getByText('2187334905').closest('p')?.textContent).toBe('Reference: 2187334905');
    expect(container.innerHTML).not.toContain('hunter2');
  });

  test('shows no empty reference when there is no digest', () => {
    expect(show().container.textContent).not.toContain('Reference');
  });

  test('offers a way home', () => {
    show();
    expect(screen.getByRole('link', { name: 'Go Home' }).getAttribute('href')).toBe('/');
  });

  test('claims nothing that is not so', () => {
    expect(show().container.textContent).not.toMatch(/notified|our team/i);
  });

  test('shows where the keyboard is', () => {
    show();
    for (const control of [screen.getByRole('button'), screen.getByRole('link')])
      expect(control.className).toContain('focus-visible:outline-amber-300');
  });
});

test('the dashboard boundary brings no second main landmark into the shell', () => {
  render(<DashboardError error={new Error()} reset={reset} />, { wrapper: InApp });
  expect(screen.queryByRole('main')).toBeNull();
});

test('the root boundary is the main landmark', () => {
  render(<RootError error={new Error()} reset={reset} />, { wrapper: InApp });
  expect(screen.getByRole('main').contains(screen.getByRole('alert'))).toBe(true);
});
