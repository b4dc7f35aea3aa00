import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import ConfirmEmailPage from '../../gap-004-user-database/frontend/app/(auth)/confirm-email/page.tsx';
import { bodyOf, InApp } from './in-app.tsx';

const auth = vi.hoisted(() => ({ getSession: vi.fn(), signOut: vi.fn() }));
vi.mock('next-auth/react', () => auth);

const fetched = vi.fn();
const assign = vi.fn();
const ADA = 'ada@example.com';

function open(address: string) {
  window.history.replaceState({ tree: 'kept' }, '', address);
  const { hash, search, pathname, origin } = window.location;
  vi.stubGlobal('location', { hash, search, pathname, origin, assign });
  render(
    <StrictMode>
      <ConfirmEmailPage />
    </StrictMode>,
    { wrapper: InApp },
  );
}

beforeEach(() => {
  sessionStorage.clear();
  assign.mockReset();
  auth.signOut.mockReset();
  auth.getSession.mockReset().mockResolvedValue({ unconfirmedEmail: ADA });
  fetched.mockReset().mockImplementation(async () => Response.json({ ok: true }));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('with the token of the mailed link', () => {
  test('confirms at once and only once, and leads on', async () => {
    open('/confirm-email#token=t0ken');
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/dashboard'));
    expect(screen.getByText('Your email address is confirmed.')).toHaveFocus();
    expect(fetched).toHaveBeenCalledOnce();
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/auth/confirm-email');
    expect(bodyOf(fetched)).toEqual({ token: 't0ken' });
    expect(sessionStorage).toHaveLength(0);
  });

  test("takes the token out of the address bar and leaves the router's state alone", async () => {
    open('/confirm-email#token=t0ken');
    await vi.waitFor(() => expect(assign).toHaveBeenCalled());
    expect(window.history.state).toEqual({ tree: 'kept' });
  });

  test('keeps the token for somebody who has to sign in first', async () => {
    fetched.mockImplementation(async () => Response.json({ error: 'Sign in', code: 'sign_in_first' }, { status: 401 }));
    open('/confirm-email#token=t0ken');
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in?callbackUrl=/confirm-email');
    cleanup();
    fetched.mockImplementation(async () => Response.json({ ok: true }));
    open('/confirm-email');
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/dashboard'));
    expect(bodyOf(fetched, 1)).toEqual({ token: 't0ken' });
  });

  test('offers a new link in place of one that is used or expired', async () => {
    const error = 'This link has expired or was already used. Ask for a new one.';
    fetched.mockImplementation(async () => Response.json({ error, code: 'bad_link' }, { status: 400 }));
    open('/confirm-email#token=old');
    expect(await screen.findByRole('button', { name: 'Send again' })).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(error);
    expect(sessionStorage).toHaveLength(0);
  });

  test('can be tried again after an outage', async () => {
    fetched.mockRejectedValueOnce(new Error('offline'));
    open('/confirm-email#token=t0ken');
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/dashboard'));
  });
});

describe('without a token', () => {
  test('says where the link went and sends another one', async () => {
    open('/confirm-email');
    expect(await screen.findByText(ADA)).toBeVisible();
    fetched.mockResolvedValue(Response.json({ confirmationSent: true }, { status: 202 }));
    await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
    expect(await screen.findByText(/A new link is on its way/)).toHaveAttribute('role', 'status');
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/auth/confirm-email/send');
  });

  test('says that the first mail did not leave', async () => {
    open('/confirm-email?sent=no');
    expect(await screen.findByText(/could not send the link/)).toBeVisible();
  });

  test.each([
    [429, 'Too many emails were sent. Try again in an hour.'],
    [503, 'The email could not be sent. Try again later.'],
  ])('says why no other one is sent: %i', async (status, error) => {
    open('/confirm-email');
    fetched.mockResolvedValue(Response.json({ error }, { status }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(error));
    expect(screen.getByRole('alert')).toHaveFocus();
  });

  test('leads on where the address was confirmed elsewhere meanwhile', async () => {
    open('/confirm-email');
    fetched.mockResolvedValue(Response.json({ error: 'Confirmed.' }, { status: 409 }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/dashboard'));
  });

  test('lets somebody start over who mistyped the address', async () => {
    open('/confirm-email');
    await userEvent.click(await screen.findByRole('button', { name: 'Sign up with a different one' }));
    expect(auth.signOut).toHaveBeenCalledWith({ callbackUrl: '/sign-up' });
  });

  test.each([
    ['signed out', null, /to get a new link/],
    ['confirmed', { user: { email: ADA } }, /Your email address is confirmed/],
    ['an outage', { isUnavailable: true }, /not available right now/],
  ])('has words for %s', async (_, session, message) => {
    auth.getSession.mockResolvedValue(session);
    open('/confirm-email');
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
