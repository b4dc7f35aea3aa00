'use client';

import { type ChangeEvent, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';

const PROFILE = '/api/profile';

/** The fields that users may change themselves. */
export type ProfileField = 'name' | 'avatarUrl' | 'workspaceName' | 'industry' | 'timezone';

type Values = Partial<Record<ProfileField | 'email', string | null>>;
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Loads the stored profile for the fields of a settings page. Saves only changed fields. */
export function useProfile() {
  const [stored, setStored] = useState<Values>();
  const [changes, setChanges] = useState<Values>({});
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  useEffect(() => {
    let isGone = false;
    request()
      .then((profile) => !isGone && setStored(profile))
      .catch((reason: Error) => !isGone && setError(reason.message));
    return () => {
      isGone = true;
    };
  }, []);

  /** The attributes of the form field for one part of the profile. */
  function field(name: ProfileField) {
    return {
      name,
      value: changes[name] ?? stored?.[name] ?? '',
      // A field must not be edited before its value has loaded.
      disabled: stored === undefined,
      onChange: (event: ChangeEvent<Field>) => {
        const { value } = event.target;
        setChanges((current) => ({ ...current, [name]: value }));
      },
    };
  }

  /** Saves the changes. Returns false if that failed; `notice` shows the reason. */
  async function save(): Promise<boolean> {
    if (isPending) return false;
    setError(undefined);
    if (stored === undefined) {
      setError('Your profile has not loaded yet. Reload the page.');
      return false;
    }
    setPending(true);
    try {
      setStored(await request({ method: 'PATCH', body: JSON.stringify(changes) }));
      setChanges((current) => without(current, changes));
      return true;
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : 'Your profile was not saved.');
      return false;
    } finally {
      setPending(false);
    }
  }

  return {
    email: stored?.email ?? '',
    field,
    save,
    isPending,
    notice: <FormError message={error} />,
  };
}

/** Drops the changes that were sent; anything typed in the meantime still has to be saved. */
function without(current: Values, sent: Values): Values {
  const was = new Map(Object.entries(sent));
  return Object.fromEntries(Object.entries(current).filter(([name, value]) => was.get(name) !== value));
}

async function request(init?: RequestInit): Promise<Values> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(PROFILE, { ...init, headers, cache: 'no-store' }).catch(() => undefined);
  const body = await response?.json().catch(() => undefined);
  if (!response?.ok) throw new Error(body?.error ?? 'Your profile is not available right now. Try again in a moment.');
  return body;
}
