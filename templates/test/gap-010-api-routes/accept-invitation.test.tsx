import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import AcceptInvitationPage from '../../gap-010-api-routes/frontend/app/(auth)/accept-invitation/page.tsx';
import { bodyOf, InApp } from '../gap-004-user-database/in-app.tsx';

const auth = vi.hoisted(() => ({ signIn: vi.fn() }));
vi.mock('next-auth/react', () => auth);

const fetched = vi.fn();
const assign = vi.fn();
const EMAIL = 'grace@example.com';
const PASSWORD = 'R&D costs $5; really';

function open(address: string) {
  window.history.replaceState({ tree: 'kept' }, '', address);
  const { hash, search, pathname, origin } = window.location;
  vi.stubGlobal('location', { hash, search, pathname, origin, assign });
  render(
    <StrictMode>
      <AcceptInvitationPage />
    </StrictMode>,
    { wrapper: InApp },
  );
}

beforeEach(() => {
  sessionStorage.clear();
  assign.mockReset();
  auth.signIn.mockReset().mockResolvedValue({ ok: true });
  fetched.mockReset().mockImplementation(async () => Response.json({ email: EMAIL }, { status: 201 }));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function join() {
  open('/accept-invitation#token=abc');
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Your name'), 'Grace');
  await user.type(screen.getByLabelText(/Password/), PASSWORD);
  await user.click(screen.getByRole('button', { name: 'Create account' }));
}

test('creates the account, signs in and moves on', async () => {
  await join();
  await waitFor(() => expect(assign).toHaveBeenCalledWith('/dashboard'));
  expect(bodyOf(fetched)).toEqual({ token: 'abc', name: 'Grace', password: PASSWORD });
  expect(auth.signIn).toHaveBeenCalledWith('credentials', { email: EMAIL, password: PASSWORD, redirect: false });
  expect(window.history.state).toEqual({ tree: 'kept' });
  expect(sessionStorage).toHaveLength(0);
});

test('does not call a link incomplete that has just worked', async () => {
  auth.signIn.mockReturnValue(new Promise(() => undefined));
  await join();
  expect(await screen.findByText(/account is ready/)).toBeInTheDocument();
  expect(screen.queryByText(/incomplete/)).toBeNull();
});

test('leads to sign-in where that does not work by itself', async () => {
  auth.signIn.mockRejectedValue(new Error('offline'));
  await join();
  expect(await screen.findByText(/account is ready/)).toHaveFocus();
  expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in');
});

test.each([
  [400, 'bad_link', /expired or was already used/],
  [409, 'has_account', /have an account already/],
])('says what is over: %i %s', async (status, code, words) => {
  fetched.mockImplementation(async () => Response.json({ error: 'no', code }, { status }));
  await join();
  expect(await screen.findByText(words)).toHaveFocus();
  expect(screen.queryByRole('button')).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});

test('says what is wrong, and lets people try again', async () => {
  const error = 'This password is easy to guess. Choose another one.';
  fetched.mockImplementation(async () => Response.json({ error, code: 'invalid_input' }, { status: 400 }));
  await join();
  expect(await screen.findByRole('alert')).toHaveTextContent(error);
  expect(screen.getByRole('button', { name: 'Create account' })).toBeEnabled();
});

test('says that a link without its token is incomplete', () => {
  open('/accept-invitation');
  expect(screen.getByText(/incomplete/)).toBeInTheDocument();
  expect(screen.queryByRole('button')).toBeNull();
});
