import '@testing-library/jest-dom/vitest';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { pressOnKey } from '@/lib/press-on-key';

afterEach(cleanup);

function Card({ onClick }: { onClick: () => void }) {
  return (
    <div role="button" tabIndex={0} onKeyDown={pressOnKey} onClick={onClick}>
      Plan
      <input aria-label="Amount" />
    </div>
  );
}

test('Enter and Space press it once, other keys do not', async () => {
  const onClick = vi.fn();
  render(<Card onClick={onClick} />);
  screen.getByRole('button').focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard(' ');
  expect(onClick).toHaveBeenCalledTimes(2);
  await userEvent.keyboard('{Tab}a');
  expect(onClick).toHaveBeenCalledTimes(2);
});

test('a key in something inside of it, and one that is held down, are not for it', () => {
  const onClick = vi.fn();
  render(<Card onClick={onClick} />);
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
  fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter', repeat: true });
  expect(onClick).not.toHaveBeenCalled();
});

test('the page does not scroll with the Space that presses it', () => {
  render(<Card onClick={() => {}} />);
  expect(fireEvent.keyDown(screen.getByRole('button'), { key: ' ' })).toBe(false);
  expect(fireEvent.keyDown(screen.getByRole('button'), { key: 'a' })).toBe(true);
});
