import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type FormEvent } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import SignUpGate from '../../gap-004-user-database/frontend/components/auth/SignUpGate.tsx';
import { type NewAccount, useSignUp } from '../../gap-004-user-database/frontend/hooks/useSignUp.tsx';
import { bodyOf, InApp, router } from './in-app.tsx';

const auth = vi.hoisted(() => ({ getSession: vi.fn(), signIn: vi.fn() }));
vi.mock('next-auth/react', () => auth);

const fetched = vi.fn();
const goOn = vi.fn();
const ADA: NewAccount = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: 'a password of Ada',
  workspaceName: 'Engines',
  timezone: 'Europe/London',
};

function Page() {
  const signUp = useSignUp();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signUp.create(ADA, goOn);
  };
  return (
    <form onSubmit={submit}>
      <button disabled={signUp.isPending}>{signUp.isPending ? 'Creating account…' : 'Finish'}</button>
      {signUp.notice}
    </form>
  );
}

async function finish() {
  render(<Page />, { wrapper: InApp });
  await userEvent.click(screen.getByRole('button', { name: 'Finish' }));
}

beforeEach(() => {
  sessionStorage.clear();
  goOn.mockReset();
  vi.mocked(router.push).mockReset();
  fetched.mockReset().mockResolvedValue(Response.json({ confirmationSent: true }, { status: 201 }));
  auth.signIn.mockReset().mockResolvedValue({ ok: true });
  auth.getSession.mockReset().mockResolvedValue({ unconfirmedEmail: ADA.email });
  vi.stubGlobal('fetch', fetched);
  window.history.replaceState(null, '', '/sign-up');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('useSignUp', () => {
  test('sends what it is given, signs in, and leads to the page that asks to confirm the address', async () => {
    await finish();
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/confirm-email'));
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/auth/register');
    expect(bodyOf(fetched)).toEqual(ADA);
    expect(auth.signIn).toHaveBeenCalledWith('credentials', { email: ADA.email, password: ADA.password, redirect: false });
    expect(goOn).not.toHaveBeenCalled();
  });

  test('takes no second press while the next page is loading', async () => {
    await finish();
    await vi.waitFor(() => expect(router.push).toHaveBeenCalled());
    expect(screen.getByRole('button', { name: 'Creating account…' })).toBeDisabled();
  });

  test('goes on with somebody whose address counts as confirmed', async () => {
    auth.getSession.mockResolvedValue({ user: { email: ADA.email } });
    await finish();
    await vi.waitFor(() => expect(goOn).toHaveBeenCalledOnce());
    expect(router.push).not.toHaveBeenCalled();
  });

  test('says on the next page that the mail did not leave', async () => {
    fetched.mockResolvedValue(Response.json({ confirmationSent: false }, { status: 201 }));
    await finish();
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith('/confirm-email?sent=no'));
  });

  test("takes the owner's setup token from behind the # and out of the address bar, and forgets it once used", async () => {
    window.history.replaceState({ tree: 'kept' }, '', '/sign-up#setup-token=abc');
    fetched.mockResolvedValueOnce(Response.json({ error: 'Taken.' }, { status: 409 }));
    await finish();
    expect(window.location.hash).toBe('');
    expect(window.history.state).toEqual({ tree: 'kept' });
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Taken.'));
    await userEvent.click(screen.getByRole('button', { name: 'Finish' }));
    await vi.waitFor(() => expect(router.push).toHaveBeenCalled());
    for (const call of [0, 1]) expect(bodyOf(fetched, call)).toMatchObject({ setupToken: 'abc' });
    expect(sessionStorage).toHaveLength(0);
  });

  test('works where a browser keeps nothing, with the token where it was', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    window.history.replaceState(null, '', '/sign-up#setup-token=abc');
    await finish();
    await vi.waitFor(() => expect(bodyOf(fetched)).toMatchObject({ setupToken: 'abc' }));
    expect(window.location.hash).toBe('#setup-token=abc');
  });

  test('shows that it is at work, and sends one request at a time', async () => {
    fetched.mockReturnValue(new Promise(() => undefined));
    await finish();
    expect(screen.getByRole('button', { name: 'Creating account…' })).toBeDisabled();
    expect(fetched).toHaveBeenCalledOnce();
  });

  test.each([
    ['a refusal', () => Promise.resolve(Response.json({ error: 'Taken.' }, { status: 409 })), /^Taken\.$/],
    ['a page of the proxy', () => Promise.resolve(new Response('<h1>502</h1>', { status: 502 })), /Something went wrong/],
    ['no answer', () => Promise.reject(new Error('offline')), /isn't responding/],
  ])('shows %s, does not go on, and can be sent again', async (_, answer, message) => {
    fetched.mockImplementationOnce(answer);
    await finish();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(message));
    expect(screen.getByRole('alert')).toHaveFocus();
    expect([goOn.mock.calls, vi.mocked(router.push).mock.calls]).toEqual([[], []]);
    await userEvent.click(screen.getByRole('button', { name: 'Finish' }));
    await vi.waitFor(() => expect(router.push).toHaveBeenCalled());
  });

  test('an account that is there but does not open yet is no failed sign-up', async () => {
    auth.signIn.mockResolvedValue({ ok: false, error: 'Busy' });
    await finish();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Your account is ready. Sign in with it.'));
  });

  test('does not go on in a browser that keeps no cookies', async () => {
    auth.signIn.mockResolvedValue({ ok: true, error: null, status: 200, url: null });
    auth.getSession.mockResolvedValue(null);
    await finish();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/account is ready.*Allow cookies/));
    expect([goOn.mock.calls, vi.mocked(router.push).mock.calls]).toEqual([[], []]);
  });
});

describe('SignUpGate', () => {
  const form = <p>the form</p>;

  test('shows the form while sign-up is open', () => {
    render(<SignUpGate isOpen>{form}</SignUpGate>);
    expect(screen.getByText('the form')).toBeVisible();
  });

  test('says that sign-up is closed before anybody fills the form in', () => {
    render(<SignUpGate isOpen={false}>{form}</SignUpGate>);
    expect(screen.queryByText('the form')).toBeNull();
    expect(screen.getByRole('heading', { name: 'Sign-up is closed' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in');
  });

  test("lets the owner's setup link through", async () => {
    window.history.replaceState(null, '', '/sign-up#setup-token=abc');
    render(<SignUpGate isOpen={false}>{form}</SignUpGate>);
    expect(await screen.findByText('the form')).toBeVisible();
    expect(window.location.hash).toBe('');
  });

  test('hands the setup token to the form behind it, also when it comes later in the same tab', async () => {
    render(
      <SignUpGate isOpen={false}>
        <Page />
      </SignUpGate>,
      { wrapper: InApp },
    );
    expect(screen.queryByRole('button')).toBeNull();
    window.location.hash = '#setup-token=abc';
    await userEvent.click(await screen.findByRole('button', { name: 'Finish' }));
    await vi.waitFor(() => expect(bodyOf(fetched)).toMatchObject({ setupToken: 'abc' }));
  });
});
