'use client';

import { useEffect, useRef, useState } from 'react';
import FormError from '@/components/auth/FormError';

const PROFILE = '/api/profile';
const FIELDS = 'input[name], select[name], textarea[name]';

/**
 * Shows the stored profile in the named fields of a settings page and saves them. The fields keep their own values
 * (`defaultValue`); one named `email` is shown and not sent.
 */
export function useProfile() {
  const fields = useRef<HTMLDivElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  const [error, setError] = useState<string>();

  useEffect(() => {
    let isGone = false;
    request()
      .then((profile) => {
        if (isGone) return;
        fieldsIn(fields.current).forEach((field) => show(field, profile[field.name]));
        setLoaded(true);
      })
      .catch((reason: Error) => {
        if (!isGone) setError(reason.message);
      });
    return () => {
      isGone = true;
    };
  }, []);

  /** The handler of a Save button; `done` follows when the server has stored it. */
  function onSave(done: () => void) {
    return async () => {
      // What was not shown yet must not replace what is stored.
      if (!isLoaded) return setError('Your profile is not here yet. Reload the page.');
      const changes: Record<string, string> = {};
      fieldsIn(fields.current).forEach(({ name, value }) => {
        if (name !== 'email') changes[name] = value;
      });
      try {
        await request({ method: 'PATCH', body: JSON.stringify(changes) });
        setError(undefined);
        done();
      } catch (reason) {
        setError(reason instanceof Error ? reason.message : 'It could not be saved.');
      }
    };
  }

  return { fields, onSave, notice: <FormError message={error} /> };
}

async function request(init?: RequestInit): Promise<Record<string, string | null>> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(PROFILE, { ...init, headers, cache: 'no-store' });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? 'Your profile does not answer.');
  return body;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsIn(root: HTMLElement | null): Field[] {
  return root ? Array.from(root.querySelectorAll<Field>(FIELDS)) : [];
}

/** A list of choices keeps its first one where nothing is stored. */
function show(field: Field, value: string | null | undefined): void {
  if (field instanceof HTMLSelectElement) {
    if (value && Array.from(field.options).some((option) => option.value === value)) field.value = value;
  } else {
    field.value = value ?? '';
  }
}
