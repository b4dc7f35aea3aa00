'use client';

import { type ChangeEvent, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';

const PROFILE = '/api/profile';

/** What a person may change about themselves. */
export type ProfileField = 'name' | 'avatarUrl' | 'workspaceName' | 'industry' | 'timezone';

type Values = Partial<Record<ProfileField | 'email', string | null>>;
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The stored profile, for the fields of a settings page. Only what a person changed is saved. */
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

  /** The attributes of the field that shows and changes this part of the profile. */
  function field(name: ProfileField) {
    return {
      name,
      value: changes[name] ?? stored?.[name] ?? '',
      // What has not loaded yet must not be changed.
      disabled: stored === undefined,
      onChange: (event: ChangeEvent<Field>) => {
        const { value } = event.target;
        setChanges((current) => ({ ...current, [name]: value }));
      },
    };
  }

  /** Stores what was changed; false, with the reason in `notice`, where that failed. */
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

/** What was typed while the rest was on its way is still to be saved. */
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
