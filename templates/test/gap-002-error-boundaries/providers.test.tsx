import { cleanup, render, screen } from '@testing-library/react';
import { useSession } from 'next-auth/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import Providers from '../../gap-002-error-boundaries/frontend/components/Providers.tsx';

function Name() {
  const { data, status } = useSession();
  return <p>{data?.user?.name ?? status}</p>;
}

beforeEach(() => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ user: { name: 'Ada' }, expires: '2999-01-01T00:00:00.000Z' }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('components/Providers.tsx', () => {
  test('lets a component below read the session', async () => {
    render(
      <Providers>
        <Name />
      </Providers>,
    );
    expect(await screen.findByText('Ada')).toBeDefined();
  });
});

test('without it the same component throws', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  window.addEventListener('error', (event) => event.preventDefault());
  expect(() => render(<Name />)).toThrow('SessionProvider');
});
