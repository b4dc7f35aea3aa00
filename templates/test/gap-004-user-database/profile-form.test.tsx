import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import ProfileSelect from '../../gap-004-user-database/frontend/components/auth/ProfileSelect.tsx';
import { useProfile } from '../../gap-004-user-database/frontend/hooks/useProfile.tsx';
import { bodyOf } from './in-app.tsx';

const fetched = vi.fn();
const saved = vi.fn();
const STORED = { name: 'Ada', email: 'ada@example.com', timezone: 'Europe/Berlin', industry: null, workspaceName: null };

function Page() {
  const profile = useProfile();
  const save = async () => {
    if (await profile.save()) saved();
  };
  return (
    <div>
      <input aria-label="Name" {...profile.field('name')} />
      <input aria-label="Email" value={profile.email} readOnly />
      <ProfileSelect aria-label="Zone" {...profile.field('timezone')}>
        <option>America/New_York</option>
        <option value="Europe/London">London</option>
      </ProfileSelect>
      <ProfileSelect aria-label="Industry" {...profile.field('industry')}>
        <option>Technology</option>
      </ProfileSelect>
      <button onClick={save} disabled={profile.isPending}>
        Save
      </button>
      {profile.notice}
    </div>
  );
}

const press = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));

async function show() {
  render(<Page />);
  await vi.waitFor(() => expect(screen.getByLabelText('Name')).toHaveValue('Ada'));
}

beforeEach(() => {
  saved.mockReset();
  fetched.mockReset().mockImplementation(async () => Response.json(STORED));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a settings page', () => {
  test('shows what is stored, a value that is not among the choices too, and a choice nobody made as none', async () => {
    await show();
    expect(screen.getByLabelText('Email')).toHaveValue('ada@example.com');
    expect(screen.getByLabelText('Zone')).toHaveValue('Europe/Berlin');
    expect(screen.getByLabelText('Zone')).toHaveDisplayValue('Europe/Berlin');
    expect(screen.getByLabelText('Industry')).toHaveDisplayValue('Not set');
  });

  test('a choice that is listed is listed once', async () => {
    fetched.mockImplementation(async () => Response.json({ ...STORED, timezone: 'Europe/London' }));
    await show();
    expect(screen.getByLabelText('Zone')).toHaveDisplayValue('London');
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'Not set',
      'America/New_York',
      'London',
      'Not set',
      'Technology',
    ]);
  });

  test('stores what was changed, and no choice that nobody made', async () => {
    await show();
    await userEvent.clear(screen.getByLabelText('Name'));
    await userEvent.type(screen.getByLabelText('Name'), 'Countess');
    await press();
    await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({ method: 'PATCH' });
    expect(bodyOf(fetched, 1)).toEqual({ name: 'Countess' });
  });

  test('empties a field that somebody emptied', async () => {
    await show();
    await userEvent.selectOptions(screen.getByLabelText('Zone'), 'Not set');
    await press();
    await vi.waitFor(() => expect(saved).toHaveBeenCalled());
    expect(bodyOf(fetched, 1)).toEqual({ timezone: '' });
  });

  test('shows that it is at work', async () => {
    await show();
    fetched.mockReturnValueOnce(new Promise(() => undefined));
    await press();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });

  test('keeps what is typed while it saves, for the next save', async () => {
    await show();
    let answer = (_: Response) => {};
    fetched.mockReturnValueOnce(new Promise<Response>((resolve) => (answer = resolve)));
    await userEvent.type(screen.getByLabelText('Name'), '!');
    await userEvent.selectOptions(screen.getByLabelText('Industry'), 'Technology');
    await press();
    await userEvent.type(screen.getByLabelText('Name'), '?');
    answer(Response.json({ ...STORED, name: 'Ada!', industry: 'Technology' }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(screen.getByLabelText('Name')).toHaveValue('Ada!?');
    await press();
    await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
    expect(bodyOf(fetched, 2)).toEqual({ name: 'Ada!?' });
  });

  test('does not store the words of the page over a profile that could not be read', async () => {
    fetched.mockImplementation(async () => Response.json({ error: 'Sign in first.' }, { status: 401 }));
    render(<Page />);
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Sign in first.'));
    expect(screen.getByLabelText('Name')).toBeDisabled();
    await press();
    expect(await screen.findByText(/has not loaded yet/)).toHaveFocus();
    expect(fetched).toHaveBeenCalledOnce();
    expect(saved).not.toHaveBeenCalled();
  });

  test.each([
    ['what the server refuses', () => Promise.resolve(Response.json({ error: 'At most 100.' }, { status: 400 })), 'At most 100.'],
    ['that nothing answers', () => Promise.reject(new Error('offline')), /not available right now/],
  ])('says %s, and keeps what was typed', async (_, answer, message) => {
    await show();
    await userEvent.type(screen.getByLabelText('Name'), '!');
    fetched.mockImplementationOnce(answer);
    await press();
    await vi.waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(message));
    expect(screen.getByLabelText('Name')).toHaveValue('Ada!');
    expect(saved).not.toHaveBeenCalled();
  });
});
