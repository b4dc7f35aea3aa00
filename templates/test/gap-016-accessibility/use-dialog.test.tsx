import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDialog } from '@/hooks/useDialog';

afterEach(cleanup);

function App() {
  const [open, setOpen] = useState(false);
  const dialogRef = useDialog(() => setOpen(false));
  return (
    <>
      <button onClick={() => setOpen(true)}>Open</button>
      {open && (
        <div ref={dialogRef} role="dialog" aria-modal="true" aria-label="Invite" tabIndex={-1}>
          <input aria-label="Email" />
          <button>Send</button>
        </div>
      )}
    </>
  );
}

// Nothing is laid out in jsdom.
beforeEach(() => {
  const rect = { length: 1 } as unknown as DOMRectList;
  vi.spyOn(HTMLElement.prototype, 'getClientRects').mockReturnValue(rect);
});

test('takes the focus, keeps it, and gives it back when Escape closes it', async () => {
  render(<App />);
  const opener = screen.getByText('Open');
  await userEvent.click(opener);
  expect(screen.getByRole('dialog')).toHaveFocus();
  await userEvent.tab();
  expect(screen.getByLabelText('Email')).toHaveFocus();
  await userEvent.tab();
  expect(screen.getByText('Send')).toHaveFocus();
  await userEvent.tab();
  expect(screen.getByLabelText('Email')).toHaveFocus();
  await userEvent.tab({ shift: true });
  expect(screen.getByText('Send')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(opener).toHaveFocus();
});

test('typing in it leaves the focus where it is, though the app renders anew', async () => {
  render(<App />);
  await userEvent.click(screen.getByText('Open'));
  await userEvent.type(screen.getByLabelText('Email'), 'a@b.c');
  expect(screen.getByLabelText('Email')).toHaveFocus();
});

function Empty() {
  return <div ref={useDialog(() => {})} role="dialog" aria-label="Nothing" tabIndex={-1} />;
}

test('a dialog without controls keeps the focus itself', async () => {
  render(
    <>
      <Empty />
      <button>Behind</button>
    </>,
  );
  await userEvent.tab();
  expect(screen.getByRole('dialog')).toHaveFocus();
});

function Sending({ onClose }: { onClose: () => void }) {
  const [sending, setSending] = useState(false);
  return (
    <div ref={useDialog(onClose)} role="dialog" aria-label="Send" tabIndex={-1}>
      <input aria-label="Email" />
      {sending ? 'Sending' : <button onClick={() => setSending(true)}>Send</button>}
    </div>
  );
}

test('the keys reach it after the button in focus is gone', async () => {
  const onClose = vi.fn();
  render(
    <>
      <button>Before</button>
      <Sending onClose={onClose} />
    </>,
  );
  await userEvent.click(screen.getByText('Send'));
  expect(document.body).toHaveFocus();
  await userEvent.tab();
  expect(screen.getByLabelText('Email')).toHaveFocus();
  screen.getByLabelText('Email').blur();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
});

function Nested({ onClose }: { onClose: (name: string) => void }) {
  const [inner, setInner] = useState(true);
  const outerRef = useDialog(() => onClose('outer'));
  const innerRef = useDialog(() => {
    onClose('inner');
    setInner(false);
  });
  return (
    <>
      <div ref={outerRef} role="dialog" aria-label="Outer" tabIndex={-1} />
      {inner && <div ref={innerRef} role="dialog" aria-label="Inner" tabIndex={-1} />}
    </>
  );
}

test('Escape closes the topmost of two, one at a time', async () => {
  const onClose = vi.fn();
  render(<Nested onClose={onClose} />);
  await userEvent.keyboard('{Escape}');
  expect(onClose.mock.calls).toEqual([['inner']]);
  await userEvent.keyboard('{Escape}');
  expect(onClose.mock.calls).toEqual([['inner'], ['outer']]);
});
