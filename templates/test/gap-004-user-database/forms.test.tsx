import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { type ReactNode, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import SignInForm from '../../gap-004-user-database/frontend/components/auth/SignInForm.tsx';
import { useProfile } from '../../gap-004-user-database/frontend/hooks/useProfile.tsx';
import { useSignUp } from '../../gap-004-user-database/frontend/hooks/useSignUp.tsx';
import { afterSignIn } from '../../gap-004-user-database/frontend/lib/after-sign-in.ts';
import { signInWithGoogle } from '../../gap-004-user-database/frontend/lib/google-sign-in.ts';

const signIn = vi.hoisted(() => vi.fn());
vi.mock('next-auth/react', () => ({ signIn }));

const router: AppRouterInstance = {
  back: vi.fn(),
  forward: vi.fn(),
  push: vi.fn(),
  replace: vi.fn(),
  prefetch: vi.fn(),
  refresh: vi.fn(),
};
const fetched = vi.fn();

function InApp({ children }: { children: ReactNode }) {
  return <AppRouterContext.Provider value={router}>{children}</AppRouterContext.Provider>;
}

function type(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
}

beforeEach(() => {
  vi.mocked(router.push).mockReset();
  signIn.mockReset();
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  window.history.replaceState(null, '', '/sign-in');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('SignInForm', () => {
  function show() {
    render(
      <SignInForm className="mine">
        <input aria-label="Email" type="email" name="email" />
        <input aria-label="Password" type="password" name="password" />
        <button>Sign In</button>
      </SignInForm>,
      { wrapper: InApp },
    );
    type('Email', 'ada@example.com');
    type('Password', 'secret; $5');
    press('Sign In');
  }

  test('hands both fields on, untouched, and goes where the person wanted to go', async () => {
    signIn.mockResolvedValue({ ok: true, status: 200 });
    window.history.replaceState(null, '', '/sign-in?callbackUrl=%2Fdashboard%2Fluc');
    show();
    await waitFor(() => expect(router.push).toHaveBeenCalledWith('/dashboard/luc'));
    expect(signIn).toHaveBeenCalledWith('credentials', { email: 'ada@example.com', password: 'secret; $5', redirect: false });
    expect(document.querySelector('form.mine')).not.toBeNull();
  });

  test.each([
    ['a wrong password', { ok: false, status: 401 }, /do not fit/],
    ['a server that fails', { ok: false, status: 500 }, /does not answer/],
  ])('says so after %s, and stays', async (_, answer, message) => {
    signIn.mockResolvedValue(answer);
    show();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(message));
    expect(router.push).not.toHaveBeenCalled();
    signIn.mockResolvedValue({ ok: true, status: 200 });
    press('Sign In');
    await waitFor(() => expect(router.push).toHaveBeenCalledWith('/dashboard'));
  });

  test('says so when nothing answers, and sends one request at a time', async () => {
    signIn.mockRejectedValue(new Error('offline'));
    show();
    press('Sign In');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/does not answer/));
    expect(signIn).toHaveBeenCalledTimes(1);
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

  test('Google comes back there too', () => {
    window.history.replaceState(null, '', '/sign-in?callbackUrl=/pricing');
    signInWithGoogle();
    expect(signIn).toHaveBeenCalledWith('google', { callbackUrl: '/pricing' });
  });
});

describe('useSignUp', () => {
  const goOn = vi.fn();

  /** Two steps, the first one uncontrolled and gone when the second one shows. */
  function Page() {
    const signUp = useSignUp();
    const [step, setStep] = useState(1);
    return (
      <div onSubmitCapture={signUp.collect}>
        {step === 1 ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setStep(2);
            }}
          >
            <input aria-label="First" name="firstName" />
            <input aria-label="Last" name="lastName" />
            <input aria-label="Email" name="email" />
            <input aria-label="Password" name="password" />
            <button>Continue</button>
          </form>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              signUp.finish(goOn);
            }}
          >
            <textarea aria-label="Goal" name="goal" />
            <button>Finish</button>
          </form>
        )}
        {signUp.notice}
      </div>
    );
  }

  function show() {
    render(<Page />);
    type('First', 'Ada');
    type('Last', 'Lovelace');
    type('Email', 'ada@example.com');
    type('Password', 'a password of Ada');
    press('Continue');
    press('Finish');
  }

  beforeEach(() => goOn.mockReset());

  test('sends what was typed in any step, signs in and goes on', async () => {
    fetched.mockResolvedValue(Response.json({ ok: true }, { status: 201 }));
    signIn.mockResolvedValue({ ok: true });
    show();
    await waitFor(() => expect(goOn).toHaveBeenCalledOnce());
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/auth/register');
    expect(JSON.parse(init.body)).toEqual({ name: 'Ada Lovelace', email: 'ada@example.com', password: 'a password of Ada' });
    expect(signIn).toHaveBeenCalledWith('credentials', expect.objectContaining({ email: 'ada@example.com', redirect: false }));
  });

  test("takes the operator's token from behind the #", async () => {
    window.history.replaceState(null, '', '/sign-up#setup=abc');
    fetched.mockResolvedValue(Response.json({ ok: true }, { status: 201 }));
    signIn.mockResolvedValue({ ok: true });
    show();
    await waitFor(() => expect(goOn).toHaveBeenCalled());
    expect(JSON.parse(fetched.mock.calls[0]?.[1].body).setupToken).toBe('abc');
  });

  test.each([
    ['a refusal', () => Promise.resolve(Response.json({ error: 'Taken.' }, { status: 409 })), 'Taken.'],
    ['no answer', () => Promise.reject(new Error('offline')), 'The account could not be created. Try again in a moment.'],
  ])('shows %s and does not go on', async (_, answer, message) => {
    fetched.mockImplementation(answer);
    show();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(message));
    expect(goOn).not.toHaveBeenCalled();
    fetched.mockResolvedValue(Response.json({ ok: true }, { status: 201 }));
    signIn.mockResolvedValue({ ok: true });
    press('Finish');
    await waitFor(() => expect(goOn).toHaveBeenCalled());
  });
});

describe('useProfile', () => {
  const done = vi.fn();

  function Page() {
    const profile = useProfile();
    return (
      <div ref={profile.fields}>
        <input aria-label="Name" name="name" defaultValue="Somebody" />
        <input aria-label="Email" name="email" readOnly />
        <select aria-label="Zone" name="timezone">
          <option>New York</option>
          <option>London</option>
        </select>
        <input aria-label="Theme" />
        <button onClick={profile.onSave(done)}>Save</button>
        {profile.notice}
      </div>
    );
  }
  const stored = { name: 'Ada', email: 'ada@example.com', timezone: 'London', workspaceName: null };
  const valueOf = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

  beforeEach(() => done.mockReset());

  test('shows what is stored, not what the page was written with', async () => {
    fetched.mockResolvedValue(Response.json(stored));
    render(<Page />);
    await waitFor(() => expect(valueOf('Name')).toBe('Ada'));
    expect([valueOf('Email'), valueOf('Zone')]).toEqual(['ada@example.com', 'London']);
  });

  test('sends the named fields and not the address', async () => {
    fetched.mockImplementation(async () => Response.json(stored));
    render(<Page />);
    await waitFor(() => expect(valueOf('Name')).toBe('Ada'));
    type('Name', 'Countess');
    press('Save');
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    const [url, init] = fetched.mock.calls[1] ?? [];
    expect([url, init.method]).toEqual(['/api/profile', 'PATCH']);
    expect(JSON.parse(init.body)).toEqual({ name: 'Countess', timezone: 'London' });
  });

  test('does not store the words of the page over a profile that could not be read', async () => {
    fetched.mockResolvedValue(Response.json({ error: 'Sign in first.' }, { status: 401 }));
    render(<Page />);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('Sign in first.'));
    press('Save');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/Reload/));
    expect(fetched).toHaveBeenCalledOnce();
    expect(done).not.toHaveBeenCalled();
  });

  test('says what the server refuses', async () => {
    fetched.mockResolvedValueOnce(Response.json(stored));
    render(<Page />);
    await waitFor(() => expect(valueOf('Name')).toBe('Ada'));
    fetched.mockResolvedValueOnce(Response.json({ error: 'At most 100 characters.' }, { status: 400 }));
    press('Save');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('At most 100 characters.'));
    expect(done).not.toHaveBeenCalled();
  });
});
