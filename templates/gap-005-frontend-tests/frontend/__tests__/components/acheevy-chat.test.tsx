import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import ChatPage from '@/app/dashboard/chat/page';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

/** A stream as /api/chat sends it, with one event per piece. */
function streamed(...pieces: string[]) {
  const events = pieces.map((content) => `data: ${JSON.stringify({ content })}\n\n`);
  return new Response([...events, 'data: [DONE]\n\n'].join(''), {
    headers: { 'Content-Type': 'text/event-stream' },
  });
}

/** The messages sent to the chat so far, without the page's other requests. */
function questions(): string[] {
  return fetched.mock.calls
    .filter(([url]) => url === '/api/chat')
    .map(([, init]) => JSON.parse(String(init?.body)).messages.at(-1).content);
}

/** Types like a user; a line break in the text presses Enter. */
const type = (text: string) => userEvent.type(screen.getByRole('textbox'), text.replaceAll('\n', '{Enter}'));

describe('the chat with ACHEEVY', () => {
  test('sends the message on Enter, shows it, and clears the field', async () => {
    fetched.mockImplementation(async () => streamed('Hello.'));
    render(<ChatPage />);
    await type('What is A.I.M.S.?\n');
    expect(questions()).toEqual(['What is A.I.M.S.?']);
    expect(await screen.findByText('What is A.I.M.S.?')).toBeInTheDocument();
    expect(screen.getByRole('textbox')).toHaveValue('');
  });

  test('sends the message with the button that typing enables', async () => {
    fetched.mockImplementation(async () => streamed('Hello.'));
    render(<ChatPage />);
    const disabled = screen.getAllByRole('button').filter((button) => button.matches(':disabled'));
    await type('What is A.I.M.S.?');
    const [send, ...others] = disabled.filter((button) => button.matches(':enabled'));
    expect(others).toEqual([]);
    await userEvent.click(send);
    expect(questions()).toEqual(['What is A.I.M.S.?']);
  });

  test('starts a new line on Shift+Enter without sending', async () => {
    render(<ChatPage />);
    await type('first{Shift>}{Enter}{/Shift}second');
    expect(screen.getByRole('textbox')).toHaveValue('first\nsecond');
    expect(questions()).toEqual([]);
  });

  test('assembles the reply from the streamed pieces', async () => {
    fetched.mockImplementation(async () => streamed('Managed ', 'solutions'));
    render(<ChatPage />);
    await type('What is A.I.M.S.?\n');
    expect(await screen.findByText('Managed solutions')).toBeInTheDocument();
  });

  test('does not send an empty message', async () => {
    render(<ChatPage />);
    await type('\n');
    await type('   \n');
    expect(questions()).toEqual([]);
  });

  test('works again after a server error', async () => {
    fetched.mockImplementation(async () => new Response(null, { status: 500 }));
    render(<ChatPage />);
    await type('first\n');
    fetched.mockImplementation(async () => streamed('Here again'));
    await waitFor(() => expect(screen.getByRole('textbox')).toBeEnabled());
    await type('second\n');
    expect(await screen.findByText('Here again')).toBeInTheDocument();
    expect(questions()).toEqual(['first', 'second']);
  });
});
