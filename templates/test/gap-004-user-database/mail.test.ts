// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { canSendMail, mailLink, sendMail } from '../../gap-004-user-database/frontend/lib/mail.ts';
import { failWith, sent, useMail } from './mail-box.ts';

vi.mock('resend', () => import('./mail-box.ts'));
useMail();
const mail = { to: 'ada@example.com', subject: 'Hello', text: 'a link with a token' };

describe('a mail', () => {
  test('goes out from the configured sender', async () => {
    await sendMail(mail);
    expect(sent).toMatchObject([{ ...mail, text: expect.any(String), from: 'A.I.M.S. <no-reply@aims.example>' }]);
  });

  test('says who writes, from which site, and where questions go', async () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://aims.example/some/where');
    vi.stubEnv('SUPPORT_EMAIL', 'help@aims.example');
    await sendMail(mail);
    expect(sent[0]?.text).toBe(
      `${mail.text}\n\nA.I.M.S., https://aims.example\nQuestions? Write to help@aims.example.`,
    );
  });

  test('asks nobody to write where there is no address for that, and names no site that is not set', async () => {
    vi.stubEnv('NEXTAUTH_URL', '');
    vi.stubEnv('SUPPORT_EMAIL', '');
    await sendMail(mail);
    expect(sent[0]?.text).toBe(`${mail.text}\n\nA.I.M.S.`);
  });

  test.each(['RESEND_API_KEY', 'EMAIL_FROM'])('needs %s', async (name) => {
    expect(canSendMail()).toBe(true);
    vi.stubEnv(name, '');
    vi.spyOn(console, 'error').mockReturnValue();
    expect(canSendMail()).toBe(false);
    await expect(sendMail(mail)).rejects.toThrow(`${name} is not set`);
  });

  test.each([
    [{ name: 'validation_error', message: 'The domain is not verified.' }, 'validation_error: The domain'],
    [new Error('getaddrinfo ENOTFOUND'), 'ENOTFOUND'],
  ])('that fails is logged with its cause and without its text', async (failure, cause) => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    failWith(failure);
    await expect(sendMail(mail)).rejects.toThrow(cause);
    expect(logged).toHaveBeenCalledOnce();
    const [words, error] = logged.mock.calls[0] ?? [];
    expect(error).toBeInstanceOf(Error);
    expect(`${words} ${error}`).toContain(cause);
    expect(`${words} ${error}`).not.toContain(mail.text);
  });

  test('is given up after ten seconds', async () => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockReturnValue();
    failWith('hang');
    const result = sendMail(mail).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await result).toBe('Resend gave no answer in 10 seconds');
    vi.useRealTimers();
  });
});

describe('a link', () => {
  test('starts with the configured site and keeps the token behind the #', () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://aims.example/some/where?x=1');
    expect(mailLink('/confirm-email', 'a-b_c')).toBe('https://aims.example/confirm-email#token=a-b_c');
  });

  test('is one of a site that is configured without a scheme, as NextAuth reads it', async () => {
    vi.stubEnv('NEXTAUTH_URL', 'aims.example');
    expect(mailLink('/confirm-email', 't')).toBe('https://aims.example/confirm-email#token=t');
    await sendMail(mail);
    expect(sent[0]?.text).toMatch(/\nA\.I\.M\.S\., https:\/\/aims\.example$/);
  });

  test('is none in production without a site', () => {
    vi.stubEnv('NEXTAUTH_URL', '');
    expect(mailLink('/x', 't')).toBe('http://localhost:3000/x#token=t');
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => mailLink('/x', 't')).toThrow('NEXTAUTH_URL is not set');
  });
});
