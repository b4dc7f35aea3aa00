import type { KeyboardEvent } from 'react';

/** For the onKeyDown of an element with role="button": Enter and Space press it, as they press a real button. */
export function pressOnKey(event: KeyboardEvent<HTMLElement>) {
  // A key in something inside of it is not for the element itself, and a key that is held down presses once.
  if (event.target !== event.currentTarget || event.repeat) return;
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.currentTarget.click();
}
