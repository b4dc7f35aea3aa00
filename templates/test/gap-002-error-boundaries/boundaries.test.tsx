import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import DashboardError from '../../gap-002-error-boundaries/frontend/app/dashboard/error.tsx';
import RootError from '../../gap-002-error-boundaries/frontend/app/error.tsx';
import ErrorPanel from '../../gap-002-error-boundaries/frontend/components/ErrorPanel.tsx';
import PlainPanel from '../../gap-002-error-boundaries/frontend/components/plain/ErrorPanel.tsx';

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

type Failure = { error: Error & { digest?: string }; reset: () => void };

function PlainBoundary(props: Failure) {
  return <PlainPanel {...props} title="Gone" advice="An unexpected error occurred." home={HOME} />;
}

const HOME = { href: '/', label: 'Go Home' };

describe.each([
  ['app/error.tsx', RootError, HOME],
  ['app/dashboard/error.tsx', DashboardError, { href: '/dashboard', label: 'Back to Dashboard' }],
  ['components/plain/ErrorPanel.tsx', PlainBoundary, HOME],
])('%s', (_path, Boundary, home) => {
  function show(error: Error & { digest?: string } = new Error(SECRET)) {
    return render(<Boundary error={error} reset={reset} />, { wrapper: InApp });
  }

  test('says what happened once: the heading has the focus, and the advice describes it', () => {
    show();
    const heading = screen.getByRole('heading', { level: 1 });
    expect(document.activeElement).toBe(heading);
    const advice = document.getElementById(heading.getAttribute('aria-describedby') ?? '');
    expect(advice?.textContent).toContain('An unexpected error occurred.');
    expect(heading.closest('[role="alert"], [aria-live]')).toBeNull();
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

  test('offers a way out', () => {
    show();
    expect(screen.getByRole('link', { name: home.label }).getAttribute('href')).toBe(home.href);
  });

  test('claims nothing that is not so', () => {
    expect(show().container.textContent).not.toMatch(/notified|our team/i);
  });
});

test('the panel shows where the keyboard is, and takes its colors from the app', () => {
  const { container } = render(
    <ErrorPanel error={new Error()} reset={reset} title="Gone" advice="Try again." home={HOME} />,
    { wrapper: InApp },
  );
  for (const control of [screen.getByRole('button'), screen.getByRole('link')])
    expect(control.className).toContain('focus-visible:outline-current');
  expect(container.innerHTML).not.toMatch(/text-white|text-gray|bg-\[#/);
});

test('the plain panel needs no style sheet', () => {
  const { container } = render(<PlainBoundary error={new Error()} reset={reset} />, { wrapper: InApp });
  expect(container.querySelectorAll('[class]')).toHaveLength(0);
});

test('the dashboard boundary brings no main landmark into the shell', () => {
  render(<DashboardError error={new Error()} reset={reset} />, { wrapper: InApp });
  expect(screen.queryByRole('main')).toBeNull();
});

test('the root boundary is the main landmark', () => {
  render(<RootError error={new Error()} reset={reset} />, { wrapper: InApp });
  expect(screen.getByRole('main').contains(screen.getByRole('heading'))).toBe(true);
});
