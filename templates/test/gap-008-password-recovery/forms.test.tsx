import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ForgotPasswordForm from '../../gap-008-password-recovery/frontend/components/auth/ForgotPasswordForm.tsx';
import ResetPasswordForm from '../../gap-008-password-recovery/frontend/components/auth/ResetPasswordForm.tsx';

const fetched = vi.fn();
beforeEach(() => {
  fetched.mockReset().mockResolvedValue(Response.json({ ok: true }));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('asking for a mail says the same for every address', async () => {
  render(
    <ForgotPasswordForm>
      <input name="email" aria-label="E-mail" />
      <button type="submit">Send</button>
    </ForgotPasswordForm>,
  );
  await userEvent.type(screen.getByLabelText('E-mail'), 'ada@example.com');
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText(/If there is an account/)).toHaveAttribute('role', 'status');
  expect(JSON.parse(fetched.mock.calls[0]?.[1].body)).toEqual({ email: 'ada@example.com' });
});

test('a refusal is announced in its own words', async () => {
  fetched.mockResolvedValue(Response.json({ error: 'Too many attempts.' }, { status: 429 }));
  render(
    <ForgotPasswordForm>
      <button type="submit">Send</button>
    </ForgotPasswordForm>,
  );
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText('Too many attempts.')).toHaveAttribute('role', 'alert');
});

test('the token leaves the address bar, and two different passwords are not sent', async () => {
  window.history.replaceState(null, '', '/reset-password?token=t0ken');
  render(<ResetPasswordForm />);
  expect(window.location.search).toBe('');
  await userEvent.type(screen.getByLabelText(/^New password/), 'a long password');
  await userEvent.type(screen.getByLabelText('The same again'), 'another password');
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText('The two passwords differ.')).toBeVisible();
  expect(fetched).not.toHaveBeenCalled();
  await userEvent.clear(screen.getByLabelText('The same again'));
  await userEvent.type(screen.getByLabelText('The same again'), 'a long password');
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText(/Your password is set/)).toBeVisible();
  expect(JSON.parse(fetched.mock.calls[0]?.[1].body)).toEqual({ token: 't0ken', password: 'a long password' });
});
