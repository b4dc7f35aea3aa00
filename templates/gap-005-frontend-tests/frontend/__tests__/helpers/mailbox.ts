import { beforeEach, vi } from 'vitest';

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Captures the emails that the app sends through Resend; nothing leaves the process. */
export function freshMailbox() {
  const fetched = vi.fn<typeof fetch>();
  beforeEach(() => {
    fetched.mockReset();
    fetched.mockImplementation(async () => Response.json({ id: '1' }));
    vi.stubGlobal('fetch', fetched);
    vi.stubEnv('RESEND_API_KEY', 're_test');
    vi.stubEnv('EMAIL_FROM', 'A.I.M.S. <mail@example.com>');
  });
  return {
    mails: (): Mail[] => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body))),
    breakDown: () => fetched.mockRejectedValue(new TypeError('fetch failed')),
  };
}
