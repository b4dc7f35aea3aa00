import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import SubmitButton from '../../gap-004-user-database/frontend/components/auth/SubmitButton.tsx';
import ResetPasswordPage from '../../gap-008-password-recovery/frontend/app/(auth)/reset-password/page.tsx';
import ForgotPasswordForm from '../../gap-008-password-recovery/frontend/components/auth/ForgotPasswordForm.tsx';
import { bodyOf, InApp } from '../gap-004-user-database/in-app.tsx';

const fetched = vi.fn();
const never = new Promise<never>(() => undefined);
beforeEach(() => {
  sessionStorage.clear();
  fetched.mockReset().mockImplementation(async () => Response.json({ ok: true }));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('asking for a mail', () => {
  async function ask() {
    render(
      <ForgotPasswordForm>
        <input name="email" aria-label="Email" />
        <SubmitButton pending="Sending…">Send</SubmitButton>
      </ForgotPasswordForm>,
    );
    await userEvent.type(screen.getByLabelText('Email'), 'ada@example.com');
    await userEvent.click(screen.getByRole('button'));
  }

  test('says the same for every address', async () => {
    await ask();
    expect(await screen.findByText(/^If this address has an account/)).toHaveAttribute('role', 'status');
    expect(bodyOf(fetched)).toEqual({ email: 'ada@example.com' });
  });

  test('shows that it is at work', async () => {
    fetched.mockReturnValue(never);
    await ask();
    expect(await screen.findByRole('button', { name: 'Sending…' })).toBeDisabled();
  });

  test('a refusal is announced in its own words', async () => {
    fetched.mockResolvedValue(Response.json({ error: 'Too many attempts.' }, { status: 429 }));
    await ask();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Too many attempts.'));
  });
});

describe('the page of the mailed link', () => {
  function open(address: string) {
    cleanup();
    window.history.replaceState({ tree: 'kept' }, '', address);
    render(<ResetPasswordPage />, { wrapper: InApp });
  }

  async function send(password: string, repeated = password) {
    await userEvent.type(screen.getByLabelText(/^New password/), password);
    await userEvent.type(screen.getByLabelText('Repeat the new password'), repeated);
    await userEvent.click(screen.getByRole('button', { name: 'Set new password' }));
  }

  test('takes the token out of the address bar, and keeps what the router keeps there', () => {
    open('/reset-password#token=t0ken');
    expect(window.location.href).not.toContain('t0ken');
    expect(window.history.state).toEqual({ tree: 'kept' });
  });

  test('survives a reload, Back and a discarded tab', async () => {
    open('/reset-password#token=t0ken');
    open('/reset-password');
    await send('a long password');
    expect(await screen.findByText(/Your password is set/)).toHaveFocus();
    expect(bodyOf(fetched)).toEqual({ token: 't0ken', password: 'a long password' });
    expect(sessionStorage).toHaveLength(0);
  });

  test('takes a newer link that is opened in the same tab', async () => {
    open('/reset-password#token=older');
    window.location.hash = '#token=newer';
    await vi.waitFor(() => expect(window.location.hash).toBe(''));
    await send('a long password');
    await vi.waitFor(() => expect(bodyOf(fetched)).toMatchObject({ token: 'newer' }));
  });

  test.each(['/reset-password', '/reset-password#token=', '/reset-password?token=t0ken'])(
    'says that the link %s is incomplete instead of showing a form',
    (address) => {
      open(address);
      expect(screen.getByText(/This link is incomplete/)).toBeVisible();
      expect(screen.getByRole('link', { name: 'Ask for a new one' })).toHaveAttribute('href', '/forgot-password');
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  test('two different passwords are not sent', async () => {
    open('/reset-password#token=t0ken');
    await send('a long password', 'another password');
    expect(await screen.findByText("The passwords don't match.")).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Set new password' }));
    expect(screen.getByText("The passwords don't match.")).toHaveFocus();
    expect(fetched).not.toHaveBeenCalled();
  });

  test('shows that it is at work', async () => {
    fetched.mockReturnValue(never);
    open('/reset-password#token=t0ken');
    await send('a long password');
    expect(await screen.findByRole('button', { name: 'Saving…' })).toBeDisabled();
  });

  test('leads from a used or expired link to a new one, and forgets the old one', async () => {
    fetched.mockResolvedValue(Response.json({ error: 'Used.', code: 'bad_link' }, { status: 400 }));
    open('/reset-password#token=t0ken');
    await send('a long password');
    expect(await screen.findByText(/has expired or was already used/)).toHaveFocus();
    expect(sessionStorage).toHaveLength(0);
  });

  test('a newer link that is opened in the same tab takes the place of one that has ended', async () => {
    fetched.mockResolvedValueOnce(Response.json({ error: 'Used.', code: 'bad_link' }, { status: 400 }));
    open('/reset-password#token=older');
    await send('a long password');
    await screen.findByText(/has expired or was already used/);
    window.location.hash = '#token=newer';
    await screen.findByRole('button', { name: 'Set new password' });
    await send('a long password');
    expect(await screen.findByText(/Your password is set/)).toBeVisible();
    expect(bodyOf(fetched, 1)).toMatchObject({ token: 'newer' });
  });

  test('leaves a newer link alone that came while the older one was sent', async () => {
    let answer: (response: Response) => void = () => undefined;
    fetched.mockReturnValueOnce(new Promise<Response>((resolve) => (answer = resolve)));
    open('/reset-password#token=older');
    await send('a long password');
    window.location.hash = '#token=newer';
    await vi.waitFor(() => expect(window.location.hash).toBe(''));
    answer(Response.json({ error: 'Used.', code: 'bad_link' }, { status: 400 }));
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Set new password' })).toBeEnabled());
    expect(sessionStorage).toHaveLength(1);
    expect(screen.getByRole('alert')).toHaveTextContent('Used.');
  });

  test('works in a browser that gives a page no room, with the token where it was', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    });
    open('/reset-password#token=t0ken');
    vi.restoreAllMocks();
    expect(window.location.hash).toBe('#token=t0ken');
    await send('a long password');
    expect(await screen.findByText(/Your password is set/)).toBeVisible();
  });

  test('keeps the link where the server was busy', async () => {
    fetched.mockResolvedValueOnce(Response.json({ error: 'Busy.', code: 'busy' }, { status: 503 }));
    open('/reset-password#token=t0ken');
    await send('a long password');
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Busy.'));
    await userEvent.click(screen.getByRole('button', { name: 'Set new password' }));
    expect(await screen.findByText(/Your password is set/)).toBeVisible();
    expect(bodyOf(fetched, 1)).toMatchObject({ token: 't0ken' });
  });
});
