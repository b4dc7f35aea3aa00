'use client';

import { type ButtonHTMLAttributes, createContext, useContext } from 'react';

/** Whether the surrounding form is being submitted. */
export const FormPending = createContext(false);

interface SubmitButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  /** The label while the form is being submitted. */
  readonly pending: string;
}

/** Submits the surrounding form and shows its progress. */
export default function SubmitButton({ className = '', pending, disabled, children, ...rest }: SubmitButtonProps) {
  const isPending = useContext(FormPending);
  return (
    <button
      {...rest}
      type="submit"
      disabled={disabled || isPending}
      className={`${className} disabled:cursor-wait disabled:opacity-60`.trimStart()}
    >
      {isPending ? pending : children}
    </button>
  );
}
