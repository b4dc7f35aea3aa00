import { useCallback, useEffect, useRef } from 'react';

const REACHABLE =
  'a[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** The dialogs that are open, the topmost last: the keys are for that one. */
const opened: HTMLElement[] = [];

/**
 * The ref of an element with role="dialog" and tabIndex={-1}. While the element is there, the focus stays inside of it
 * and Escape closes it; afterwards the focus goes back to where it was.
 */
export function useDialog(onClose: () => void) {
  const close = useRef(onClose);
  const leave = useRef<(() => void) | undefined>(undefined);

  useEffect(() => {
    close.current = onClose;
  }, [onClose]);

  return useCallback((dialog: HTMLElement | null) => {
    if (!dialog) {
      leave.current?.();
      leave.current = undefined;
      return;
    }
    const before = document.activeElement;
    const onKeyDown = (event: KeyboardEvent) => {
      if (opened[opened.length - 1] !== dialog || event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        close.current();
      }
      if (event.key === 'Tab') keepInside(dialog, event);
    };
    opened.push(dialog);
    // Not on the dialog: a button that disables itself, or goes, drops the focus, and the next key goes to the body.
    document.addEventListener('keydown', onKeyDown);
    if (!dialog.contains(before)) dialog.focus();
    leave.current = () => {
      opened.splice(opened.indexOf(dialog), 1);
      document.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
}

/** From the last control, and from outside, Tab goes on to the first one, and back. */
function keepInside(dialog: HTMLElement, event: KeyboardEvent) {
  const controls = Array.from(dialog.querySelectorAll<HTMLElement>(REACHABLE)).filter(
    (control) => control.getClientRects().length > 0,
  );
  const [first] = controls;
  const last = controls[controls.length - 1];
  const at = document.activeElement;
  const isOutside = !dialog.contains(at);
  const isLeaving = isOutside || (event.shiftKey ? at === first || at === dialog : at === last);
  if (first && !isLeaving) return;
  event.preventDefault();
  ((event.shiftKey ? last : first) ?? dialog).focus();
}
