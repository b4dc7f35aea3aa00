import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import ChatPage from '@/app/dashboard/chat/page';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

/** What /api/chat streams: one event a piece. */
function streamed(...pieces: string[]) {
  const events = pieces.map((content) => `data: ${JSON.stringify({ content })}\n\n`);
  return new Response([...events, 'data: [DONE]\n\n'].join(''), {
    headers: { 'Content-Type': 'text/event-stream' },
  });
}

/** What was asked of the chat so far; other requests of the page do not count. */
function questions(): string[] {
  return fetched.mock.calls
    .filter(([url]) => url === '/api/chat')
    .map(([, init]) => JSON.parse(String(init?.body)).messages.at(-1).content);
}

async function send(text: string) {
  const box = screen.getByRole('textbox');
  if (text !== '') await userEvent.type(box, text);
  // The last button beside the field sends; it shows an icon and no word.
  const beside = within(box.parentElement ?? document.body).getAllByRole('button');
  await userEvent.click(beside[beside.length - 1]);
}

describe('the chat with ACHEEVY', () => {
  test('sends what was typed, shows it, and empties the field', async () => {
    fetched.mockImplementation(async () => streamed('Hello.'));
    render(<ChatPage />);
    await send('What is A.I.M.S.?');
    expect(questions()).toEqual(['What is A.I.M.S.?']);
    expect(await screen.findByText('What is A.I.M.S.?')).toBeInTheDocument();
    expect(screen.getByRole('textbox')).toHaveValue('');
  });

  test('puts the answer together from what streams in', async () => {
    fetched.mockImplementation(async () => streamed('Managed ', 'solutions'));
    render(<ChatPage />);
    await send('What is A.I.M.S.?');
    expect(await screen.findByText('Managed solutions')).toBeInTheDocument();
  });

  test('sends nothing when nothing was typed', async () => {
    render(<ChatPage />);
    await send('');
    await send('   ');
    expect(questions()).toEqual([]);
  });

  test('can be asked again after the server has failed', async () => {
    fetched.mockImplementation(async () => new Response(null, { status: 500 }));
    render(<ChatPage />);
    await send('first');
    fetched.mockImplementation(async () => streamed('Here again'));
    await waitFor(() => expect(screen.getByRole('textbox')).toBeEnabled());
    await send('second');
    expect(await screen.findByText('Here again')).toBeInTheDocument();
    expect(questions()).toEqual(['first', 'second']);
  });
});
