import { beforeEach, vi } from 'vitest';

interface Sent {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** What would have been sent. */
export const sent: Sent[] = [];
const failure: { next?: { name: string; message: string } | 'hang' | Error } = {};

/** The next mails fail like this. */
export function failWith(next: (typeof failure)['next']): void {
  failure.next = next;
}

/** Stands for the package `resend`. */
export class Resend {
  readonly emails = {
    send: async (mail: Sent) => {
      if (failure.next === 'hang') return new Promise<never>(() => undefined);
      if (failure.next instanceof Error) throw failure.next;
      if (failure.next) return { data: null, error: failure.next };
      sent.push(mail);
      return { data: { id: '1' }, error: null };
    },
  };
}

/** The environment in which mail can be sent, with an empty box for every test. */
export function useMail(): void {
  beforeEach(() => {
    sent.length = 0;
    failWith(undefined);
    vi.stubEnv('NEXTAUTH_URL', 'https://aims.example');
    vi.stubEnv('RESEND_API_KEY', 're_test');
    vi.stubEnv('EMAIL_FROM', 'A.I.M.S. <no-reply@aims.example>');
  });
}

/** The token of the newest link to this path. */
export function tokenIn(path: string): string {
  const text = sent.at(-1)?.text ?? '';
  return text.split(`https://aims.example${path}#token=`)[1]?.split('\n')[0] ?? '';
}
