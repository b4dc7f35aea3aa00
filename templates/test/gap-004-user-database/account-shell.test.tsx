import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import AccountNotice from '../../gap-004-user-database/frontend/components/auth/AccountNotice.tsx';
import SignOutButton from '../../gap-004-user-database/frontend/components/auth/SignOutButton.tsx';
import { InApp } from './in-app.tsx';

const auth = vi.hoisted(() => ({ signOut: vi.fn(), useSession: vi.fn() }));
vi.mock('next-auth/react', () => auth);

beforeEach(() => {
  auth.signOut.mockReset().mockReturnValue(new Promise(() => undefined));
  auth.useSession.mockReset();
});
afterEach(cleanup);

const within = (session: object | null) => auth.useSession.mockReturnValue({ data: session });

test('signs out, to the front page, once', async () => {
  within({ user: { email: 'ada@example.com' } });
  render(<SignOutButton />);
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(auth.signOut).toHaveBeenCalledWith({ callbackUrl: '/' });
  expect(screen.getByRole('button', { name: 'Signing out…' })).toBeDisabled();
});

test('can be pressed again when nothing answered', async () => {
  within({ user: { email: 'ada@example.com' } });
  auth.signOut.mockRejectedValue(new Error('offline'));
  render(<SignOutButton />);
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('button', { name: 'Sign out' })).toBeEnabled();
});

test.each([
  ['somebody whose address is not confirmed', { unconfirmedEmail: 'ada@example.com' }, true],
  ['somebody in an outage', { isUnavailable: true }, true],
  ['nobody', null, false],
])('%s can sign out: %#', (_, session, isThere) => {
  within(session);
  render(<SignOutButton />);
  expect(screen.queryAllByRole('button')).toHaveLength(isThere ? 1 : 0);
});

test('leads somebody whose address is not confirmed to the page for that', () => {
  within({ unconfirmedEmail: 'ada@example.com' });
  render(<AccountNotice />, { wrapper: InApp });
  expect(screen.getByRole('link', { name: 'Confirm it now' })).toHaveAttribute('href', '/confirm-email');
});

test('says that the account is not available, and nothing while all is well', () => {
  within({ isUnavailable: true });
  const { rerender, container } = render(<AccountNotice />);
  expect(screen.getByRole('status')).toHaveTextContent(/not available right now/);
  within({ user: { email: 'ada@example.com' } });
  rerender(<AccountNotice />);
  expect(container).toBeEmptyDOMElement();
});
