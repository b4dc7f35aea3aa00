import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import SignInPage from '@/app/(auth)/sign-in/page';

const { push, signIn } = vi.hoisted(() => ({ push: vi.fn(), signIn: vi.fn() }));
vi.mock('next-auth/react', () => ({ signIn }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

function field(name: 'email' | 'password') {
  const input = document.querySelector<HTMLInputElement>(`form input[name="${name}"]`);
  if (!input) throw new Error(`no field ${name} in a form`);
  return input;
}

/** Chooses the email form, fills it in and submits it. */
async function signInWith(email: string, password: string) {
  const user = userEvent.setup();
  render(<SignInPage />);
  await user.click(screen.getByRole('button', { name: /e-?mail/i }));
  if (email !== '') await user.type(field('email'), email);
  if (password !== '') await user.type(field('password'), password);
  await user.click(screen.getByRole('button', { name: /^sign in/i }));
}

beforeEach(() => {
  push.mockReset();
  signIn.mockReset();
});

describe('the sign-in page', () => {
  test('offers Google, and sends people there', async () => {
    render(<SignInPage />);
    await userEvent.click(screen.getByRole('button', { name: /google/i }));
    expect(signIn).toHaveBeenCalledWith('google', expect.anything());
  });

  test('hides the password while it is typed', async () => {
    render(<SignInPage />);
    await userEvent.click(screen.getByRole('button', { name: /e-?mail/i }));
    expect(field('email')).toBeVisible();
    expect(field('password')).toHaveAttribute('type', 'password');
  });

  test('passes both fields on as they were typed, and goes to the dashboard', async () => {
    signIn.mockResolvedValue({ ok: true, status: 200 });
    await signInWith('ada@example.com', 'R&D costs $5; really');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/dashboard'));
    expect(signIn).toHaveBeenCalledWith('credentials', {
      email: 'ada@example.com',
      password: 'R&D costs $5; really',
      redirect: false,
    });
  });

  test.each([
    ['nothing', '', '', 'email'],
    ['no address', '', 'a password', 'email'],
    ['something that is not an address', 'ada', 'a password', 'email'],
    ['no password', 'ada@example.com', '', 'password'],
  ] as const)('sends nothing when it is given %s', async (_, email, password, invalid) => {
    await signInWith(email, password);
    expect(field(invalid)).toBeInvalid();
    expect(signIn).not.toHaveBeenCalled();
  });

  test('says that address and password do not fit, and stays', async () => {
    signIn.mockResolvedValue({ ok: false, status: 401 });
    await signInWith('ada@example.com', 'wrong');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/do not fit/));
    expect(push).not.toHaveBeenCalled();
  });
});
