import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import SignInError from '../../gap-004-user-database/frontend/components/auth/SignInError.tsx';
import SignInForm from '../../gap-004-user-database/frontend/components/auth/SignInForm.tsx';
import SubmitButton from '../../gap-004-user-database/frontend/components/auth/SubmitButton.tsx';
import { afterSignIn } from '../../gap-004-user-database/frontend/lib/after-sign-in.ts';
import { signInWithGoogle } from '../../gap-004-user-database/frontend/lib/google-sign-in.ts';
import { InApp, router } from './in-app.tsx';

const auth = vi.hoisted(() => ({ getProviders: vi.fn(), getSession: vi.fn(), signIn: vi.fn() }));
vi.mock('next-auth/react', () => auth);

beforeEach(() => {
  vi.mocked(router.push).mockReset();
  auth.signIn.mockReset();
  auth.getSession.mockReset().mockResolvedValue({ user: { email: 'ada@example.com' } });
  auth.getProviders.mockReset().mockResolvedValue({ google: {} });
  window.history.replaceState(null, '', '/sign-in');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('SignInForm', () => {
  async function send() {
    render(
      <SignInForm className="mine">
        <input aria-label="Email" type="email" name="email" />
        <input aria-label="Password" type="password" name="password" />
        <SubmitButton pending="Signing in…" className="wide">
          Sign In
        </SubmitButton>
      </SignInForm>,
      { wrapper: InApp },
    );
    await userEvent.type(screen.getByLabelText('Email'), 'ada@example.com');
    await userEvent.type(screen.getByLabelText('Password'), 'secret; $5');
    await userEvent.click(screen.getByRole('button', { name: 'Sign In' }));
  }

  test('hands both fields on, untouched, and goes where the person wanted to go', async () => {
    auth.signIn.mockResolvedValue({ ok: true, status: 200 });
    window.history.replaceState(null, '', '/sign-in?callbackUrl=%2Fdashboard%2Fluc');
    await send();
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/dashboard/luc'));
    expect(auth.signIn).toHaveBeenCalledWith('credentials', {
      email: 'ada@example.com',
      password: 'secret; $5',
      redirect: false,
    });
    expect(document.querySelector('form.mine')).toBeInTheDocument();
  });

  test('leads somebody whose address is not confirmed to the page for that', async () => {
    auth.signIn.mockResolvedValue({ ok: true, status: 200 });
    auth.getSession.mockResolvedValue({ unconfirmedEmail: 'ada@example.com' });
    await send();
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/confirm-email'));
  });

  test('shows that it is at work, and takes no second press', async () => {
    auth.signIn.mockReturnValue(new Promise(() => undefined));
    await send();
    const button = await screen.findByRole('button', { name: 'Signing in…' });
    expect(button).toBeDisabled();
    expect(button).toHaveClass('wide');
    await userEvent.type(screen.getByLabelText('Password'), '{Enter}');
    expect(auth.signIn).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['a wrong password', { ok: false, status: 401, error: 'CredentialsSignin' }, 'Incorrect email or password.'],
    [
      'too many tries',
      { ok: false, status: 401, error: 'TooManyAttempts' },
      'Too many attempts. Try again later, or reset your password.',
    ],
    ['a full queue', { ok: false, status: 401, error: 'Busy' }, 'Sign-in is busy. Try again in a moment.'],
    [
      'an outage',
      { ok: false, status: 401, error: 'Unavailable' },
      'Sign-in is not available right now. Try again in a few minutes.',
    ],
    [
      'an error of its own name',
      { ok: false, status: 401, error: 'constructor' },
      'Sign-in is not available right now. Try again in a few minutes.',
    ],
  ])('says what happened after %s, moves the focus there, and can be sent again', async (_, answer, message) => {
    auth.signIn.mockResolvedValue(answer);
    await send();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(message));
    expect(screen.getByRole('alert')).toHaveFocus();
    expect(router.push).not.toHaveBeenCalled();
    auth.signIn.mockResolvedValue({ ok: true, status: 200 });
    await userEvent.click(screen.getByRole('button', { name: 'Sign In' }));
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/dashboard'));
  });

  test('a browser that keeps no cookies is not signed in, whatever the client of NextAuth reports', async () => {
    auth.signIn.mockResolvedValue({ ok: true, error: null, status: 200, url: null });
    auth.getSession.mockResolvedValueOnce(null);
    await send();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/Allow cookies for this site/));
    expect(router.push).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Sign In' }));
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/dashboard'));
  });

  test('says so when nothing answers', async () => {
    auth.signIn.mockRejectedValue(new Error('offline'));
    await send();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/not available/));
  });
});

describe('what a provider sent the person back with', () => {
  test.each([
    ['?error=AccessDenied', /cannot sign in here/],
    ['?error=OAuthAccountNotLinked', /already has an account/],
    ['?error=toString', /not available/],
  ])('%s is said', async (search, message) => {
    window.history.replaceState(null, '', `/sign-in${search}`);
    render(<SignInError />);
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
  });

  test('nothing is said where nothing went wrong', () => {
    render(<SignInError />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('where a person goes after sign-in', () => {
  test.each([
    ['', '/dashboard'],
    ['?callbackUrl=/dashboard/luc%3Ftab%3D1', '/dashboard/luc?tab=1'],
    [`?callbackUrl=${encodeURIComponent('http://localhost:3000/pricing')}`, '/pricing'],
    ['?callbackUrl=https://evil.example/dashboard', '/dashboard'],
    ['?callbackUrl=//evil.example', '/dashboard'],
    ['?callbackUrl=/%5Cevil.example', '/dashboard'],
    [`?callbackUrl=${encodeURIComponent('http://localhost:3000//evil.example')}`, '/evil.example'],
    ['?callbackUrl=javascript:alert(1)', '/dashboard'],
    ['?callbackUrl=http://', '/dashboard'],
  ])('%s leads to %s', (search, wanted) => {
    window.history.replaceState(null, '', `/sign-in${search}`);
    expect(afterSignIn()).toBe(wanted);
  });

  test('Google comes back there too', async () => {
    window.history.replaceState(null, '', '/sign-in?callbackUrl=/pricing');
    await signInWithGoogle();
    expect(auth.signIn).toHaveBeenCalledWith('google', { callbackUrl: '/pricing' });
  });

  test('without keys of Google the page says so instead of going round in a circle', async () => {
    const assign = vi.fn();
    vi.stubGlobal('location', { ...window.location, assign });
    auth.getProviders.mockResolvedValue({ credentials: {} });
    await signInWithGoogle();
    expect(assign).toHaveBeenCalledWith('/sign-in?error=GoogleNotSetUp');
    expect(auth.signIn).not.toHaveBeenCalled();
  });
});
