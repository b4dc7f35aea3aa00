import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import SignInPage from '@/app/(auth)/sign-in/page';

const { push, signIn, getSession } = vi.hoisted(() => ({ push: vi.fn(), signIn: vi.fn(), getSession: vi.fn() }));
vi.mock('next-auth/react', () => ({ signIn, getSession, getProviders: async () => ({ google: {} }) }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

beforeEach(() => {
  push.mockReset();
  signIn.mockReset();
  getSession.mockReset();
});

const email = () => screen.getByLabelText(/^email/i);
const password = () => screen.getByLabelText(/^password/i);

async function openEmailForm() {
  render(<SignInPage />);
  await userEvent.click(screen.getByRole('button', { name: /e-?mail/i }));
}

/** Fills out the email form and submits it. */
async function signInWith(address: string, secret: string) {
  await openEmailForm();
  if (address !== '') await userEvent.type(email(), address);
  if (secret !== '') await userEvent.type(password(), secret);
  await userEvent.click(screen.getByRole('button', { name: /^sign in/i }));
}

describe('the sign-in page', () => {
  test('starts sign-in with Google', async () => {
    render(<SignInPage />);
    await userEvent.click(screen.getByRole('button', { name: /google/i }));
    await waitFor(() => expect(signIn).toHaveBeenCalledWith('google', expect.anything()));
  });

  test('masks the password', async () => {
    await openEmailForm();
    expect(email()).toHaveAttribute('type', 'email');
    expect(password()).toHaveAttribute('type', 'password');
  });

  test('passes both fields on unchanged, and goes to the dashboard', async () => {
    signIn.mockResolvedValue({ ok: true, status: 200 });
    getSession.mockResolvedValue({ user: { email: 'ada@example.com' } });
    await signInWith('ada@example.com', 'R&D costs $5; really');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/dashboard'));
    expect(signIn).toHaveBeenCalledWith('credentials', {
      email: 'ada@example.com',
      password: 'R&D costs $5; really',
      redirect: false,
    });
  });

  test('asks users to confirm their address if they have not yet', async () => {
    signIn.mockResolvedValue({ ok: true, status: 200 });
    getSession.mockResolvedValue({ unconfirmedEmail: 'ada@example.com' });
    await signInWith('ada@example.com', 'a good password');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/confirm-email'));
  });

  test.each([
    ['nothing', '', '', email],
    ['no email address', '', 'a good password', email],
    ['something that is not an address', 'ada', 'a good password', email],
    ['no password', 'ada@example.com', '', password],
  ])('submits nothing when given %s', async (_, address, secret, invalid) => {
    await signInWith(address, secret);
    expect(invalid()).toBeInvalid();
    expect(signIn).not.toHaveBeenCalled();
  });

  test.each([
    ['wrong', 'CredentialsSignin', /incorrect email or password/i],
    ['blocked after too many attempts', 'TooManyAttempts', /too many attempts/i],
    ['impossible to check', 'Unavailable', /not available/i],
  ])('says that the password is %s, and stays on the page', async (_, error, message) => {
    signIn.mockResolvedValue({ ok: false, status: 401, error });
    await signInWith('ada@example.com', 'some password');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(message));
    expect(push).not.toHaveBeenCalled();
  });
});
