import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ActionNotice from '../../gap-009-dashboard-pages/frontend/components/dashboard/ActionNotice.tsx';
import ApiNotice from '../../gap-009-dashboard-pages/frontend/components/dashboard/ApiNotice.tsx';
import { useApi } from '../../gap-009-dashboard-pages/frontend/hooks/useApi.ts';
import { useApiAction } from '../../gap-009-dashboard-pages/frontend/hooks/useApiAction.ts';
import { ActionRefused } from '../../gap-009-dashboard-pages/frontend/lib/dashboard/ask-api.ts';

vi.mock('next/navigation', () => ({ usePathname: () => '/dashboard/things' }));

const fetched = vi.fn();

function readNames(body: unknown): string[] {
  if (!Array.isArray(body)) throw new Error('another shape');
  return body.map(String);
}

function confirm(body: unknown): void {
  if (typeof body === 'object' && body !== null && 'success' in body && body.success === false)
    throw new ActionRefused('It is locked.');
}

function Page() {
  const things = useApi('/api/things', readNames, []);
  const action = useApiAction('/api/things', confirm);
  return (
    <div>
      <ApiNotice of={things} what="things" note="From memory." />
      <ActionNotice of={action} />
      {things.data.map((name) => (
        <p key={name}>{name}</p>
      ))}
      <button type="button" onClick={() => void action.send({ name: 'new' })}>
        {action.state.kind === 'busy' ? 'Adding' : 'Add'}
      </button>
    </div>
  );
}

function Form() {
  const action = useApiAction('/api/things', confirm);
  return (
    <form onSubmit={(event) => void action.submit(event)}>
      <input name="name" aria-label="Name" />
      <ActionNotice of={action} />
      <button type="submit">Add</button>
    </form>
  );
}

function TwoLists() {
  const one = useApi('/api/things', readNames, []);
  const two = useApi('/api/things', readNames, []);
  return (
    <p>
      {one.data.length} and {two.data.length}
    </p>
  );
}

const answer = (body: unknown, status = 200, headers = {}) => Response.json(body, { status, headers });

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('says that it waits, then shows what came and where it is from', async () => {
  fetched.mockResolvedValue(answer(['first']));
  render(<Page />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading things…');
  expect(await screen.findByText('first')).toBeVisible();
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.getByText('From memory.')).toBeVisible();
});

test('says that there is none', async () => {
  fetched.mockResolvedValue(answer([]));
  render(<Page />);
  expect(await screen.findByText('No things yet.')).toHaveAttribute('role', 'status');
});

test.each([
  [403, {}, 'Your account may not do this.'],
  [429, { 'retry-after': '7' }, 'Too many requests. Try again in 7 seconds.'],
  [429, { 'retry-after': '1' }, 'Too many requests. Try again in 1 second.'],
  [429, {}, 'Too many requests. Wait a moment, then try again.'],
  [500, {}, 'This is not available right now.'],
  [502, {}, 'This is not available right now.'],
  [404, {}, 'No such thing'],
])('shows a %i with %j', async (status, headers, text) => {
  fetched.mockResolvedValue(answer({ error: 'No such thing' }, status, headers));
  render(<Page />);
  expect(await screen.findByRole('alert')).toHaveTextContent(text);
});

test.each([403, 502, 504])('says what the app itself says of a %i', async (status) => {
  fetched.mockResolvedValue(answer({ error: 'Confirm your address first.', code: 'some_code' }, status));
  render(<Page />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Confirm your address first.');
});

test('says what is wrong with a field', async () => {
  const details = [{ path: 'name', message: 'Give it a name.' }];
  fetched.mockResolvedValue(answer({ error: 'Not valid.', code: 'invalid_input', details }, 400));
  render(<Page />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Give it a name.');
});

test('leads to the sign-in page and back', async () => {
  fetched.mockResolvedValue(answer({ error: 'Unauthorized' }, 401));
  render(<Page />);
  const link = await screen.findByRole('link', { name: 'Sign in' });
  expect(link).toHaveAttribute('href', '/sign-in?callbackUrl=%2Fdashboard%2Fthings');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test.each([
  ['another shape', () => Promise.resolve(answer({ things: 'many' })), 'This page cannot read the response.'],
  ['a page of the proxy', () => Promise.resolve(new Response('<html>')), 'This page cannot read the response.'],
  ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), 'The server did not respond.'],
])('%s is an error and no crash', async (_what, reply, text) => {
  fetched.mockImplementation(reply);
  render(<Page />);
  expect(await screen.findByRole('alert')).toHaveTextContent(text);
});

test('what never answers becomes an error', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  fetched.mockImplementation(
    (_url: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
  );
  render(<Page />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await screen.findByRole('alert')).toHaveTextContent('The server did not respond.');
});

test('tries again', async () => {
  fetched.mockResolvedValueOnce(answer({}, 502)).mockResolvedValueOnce(answer(['later']));
  render(<Page />);
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('later')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('two lists of one route ask once', async () => {
  fetched.mockResolvedValue(answer(['a']));
  render(<TwoLists />);
  expect(await screen.findByText('1 and 1')).toBeVisible();
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('an action is sent once, however often it is pressed, and shows that it is underway', async () => {
  fetched.mockResolvedValueOnce(answer([]));
  render(<Page />);
  await screen.findByText('No things yet.');
  let finish: (response: Response) => void = () => undefined;
  fetched.mockReturnValueOnce(
    new Promise((resolve) => {
      finish = resolve;
    }),
  );
  await userEvent.dblClick(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole('button')).toHaveTextContent('Adding');
  finish(answer({ success: true }));
  await waitFor(() => expect(screen.getByRole('button')).toHaveTextContent('Add'));
  const sent = fetched.mock.calls.filter(([, init]) => init?.method === 'POST');
  expect(sent).toHaveLength(1);
  expect(sent[0]?.[1]?.body).toBe('{"name":"new"}');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('Done.')).toHaveAttribute('role', 'status');
});

test('a form sends its fields, and is emptied when that was carried out', async () => {
  fetched.mockResolvedValueOnce(answer({ error: 'Taken already' }, 409)).mockResolvedValueOnce(answer({}));
  render(<Form />);
  await userEvent.type(screen.getByLabelText('Name'), 'Writer');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Taken already');
  expect(screen.getByLabelText('Name')).toHaveValue('Writer');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await waitFor(() => expect(screen.getByLabelText('Name')).toHaveValue(''));
  expect(fetched.mock.calls.map(([, init]) => init?.body)).toEqual(['{"name":"Writer"}', '{"name":"Writer"}']);
});

test.each([
  ['an answer that says so', answer({ success: false }), 'It is locked.'],
  ['a status', answer({ error: 'Taken already' }, 409), 'Taken already'],
])('an action that %s failed by says why', async (_by, reply, text) => {
  fetched.mockResolvedValueOnce(answer(['a']));
  render(<Page />);
  await screen.findByText('a');
  fetched.mockResolvedValueOnce(reply);
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(text);
});
