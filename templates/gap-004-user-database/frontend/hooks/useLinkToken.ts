'use client';

import { useCallback, useEffect, useState } from 'react';

export interface LinkToken {
  /** Undefined until the address has been read, empty if there is no token. */
  readonly token: string | undefined;
  /** Call it with the token that has been used; one that came meanwhile stays. */
  readonly forget: (used: string) => void;
}

/**
 * The token of a link, which stands behind the # of its address. It leaves the address bar, where a screenshot or the
 * history would show it, for this tab's storage: a reload, Back and a discarded tab find it there.
 */
export function useLinkToken(purpose: string, parameter = 'token'): LinkToken {
  const key = `link-token:${purpose}`;
  const [token, setToken] = useState<string>();

  useEffect(() => {
    function read() {
      const given = new URLSearchParams(window.location.hash.slice(1)).get(parameter);
      if (given && keep(key, given)) {
        // The router keeps its own state in the entry; Back needs it.
        window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
      }
      setToken(given || storage()?.getItem(key) || '');
    }
    read();
    // A newer link, opened in the same tab, loads no page.
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [key, parameter]);

  const forget = useCallback(
    (used: string) => {
      const kept = storage();
      if (kept?.getItem(key) === used) kept.removeItem(key);
      setToken((current) => (current === used ? '' : current));
    },
    [key],
  );

  return { token, forget };
}

/** The operator's token for an owner's account. */
export function useSetupToken(): LinkToken {
  return useLinkToken('setup', 'setup-token');
}

/** Whether it could be kept: some browsers give a page no room. */
function keep(key: string, token: string): boolean {
  const kept = storage();
  try {
    kept?.setItem(key, token);
  } catch {
    return false;
  }
  return kept !== undefined;
}

/** Browsers that block site data throw when it is accessed. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
