import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import SignInPage from '@/app/(auth)/sign-in/page';

const { push, signIn } = vi.hoisted(() => ({ push: vi.fn(), signIn: vi.fn() }));
vi.mock('next-auth/react', () => ({ signIn }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

function field(type: string) {
  const input = document.querySelector<HTMLInputElement>(`form input[type="${type}"]`);
  if (!input) throw new Error(`no ${type} field in a form`);
  return input;
}

/** Chooses the e-mail form, fills it and sends it. */
async function signInWith(email: string, password: string) {
  const user = userEvent.setup();
  render(<SignInPage />);
  await user.click(screen.getByRole('button', { name: /e-?mail/i }));
  await user.type(field('email'), email);
  await user.type(field('password'), password);
  await user.click(screen.getByRole('button', { name: /^sign in/i }));
}

beforeEach(() => {
  push.mockReset();
  signIn.mockReset();
});

describe('the sign-in page', () => {
  test('offers Google, and sends there', async () => {
    render(<SignInPage />);
    await userEvent.click(screen.getByRole('button', { name: /google/i }));
    expect(signIn).toHaveBeenCalledWith('google', expect.anything());
  });

  test('hides what is typed as the password', async () => {
    render(<SignInPage />);
    await userEvent.click(screen.getByRole('button', { name: /e-?mail/i }));
    expect(field('email')).toBeVisible();
    expect(field('password')).toHaveAttribute('type', 'password');
  });

  test('hands both fields on as they were typed, and goes to the dashboard', async () => {
    signIn.mockResolvedValue({ ok: true, status: 200 });
    await signInWith('ada@example.com', 'R&D costs $5; really');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/dashboard'));
    expect(signIn).toHaveBeenCalledWith('credentials', {
      email: 'ada@example.com',
      password: 'R&D costs $5; really',
      redirect: false,
    });
  });

  test('says that address and password do not fit, and stays', async () => {
    signIn.mockResolvedValue({ ok: false, status: 401 });
    await signInWith('ada@example.com', 'wrong');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/do not fit/));
    expect(push).not.toHaveBeenCalled();
  });
});
