'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** Whether the form around is being sent. */
export const FormPending = createContext(false);

interface SubmitButtonProps {
  readonly className?: string;
  /** What it says while the form is being sent. */
  readonly pending: string;
  readonly children: ReactNode;
}

/** Sends the form around it, and shows that it is being sent. */
export default function SubmitButton({ className = '', pending, children }: SubmitButtonProps) {
  const isPending = useContext(FormPending);
  return (
    <button
      type="submit"
      disabled={isPending}
      className={`${className} disabled:cursor-wait disabled:opacity-60`.trimStart()}
    >
      {isPending ? pending : children}
    </button>
  );
}
