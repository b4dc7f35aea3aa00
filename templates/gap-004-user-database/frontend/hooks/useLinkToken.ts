'use client';

import { useCallback, useEffect, useState } from 'react';

export interface LinkToken {
  /** Undefined until the URL has been read; empty if there is no token. */
  readonly token: string | undefined;
  /** Discards the used token. A newer token that arrived in the meantime stays. */
  readonly forget: (used: string) => void;
}

/**
 * The token in the fragment of a link's URL. The hook moves it out of the address bar, where screenshots and the
 * history would expose it, into this tab's storage, where it survives a reload, Back, and a discarded tab.
 */
export function useLinkToken(purpose: string, parameter = 'token'): LinkToken {
  const key = `link-token:${purpose}`;
  const [token, setToken] = useState<string>();

  useEffect(() => {
    function read() {
      const given = new URLSearchParams(window.location.hash.slice(1)).get(parameter);
      if (given && keep(key, given)) {
        // Keep the router's own state in the history entry; Back needs it.
        window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
      }
      setToken(given || storage()?.getItem(key) || '');
    }
    read();
    // Opening a newer link in the same tab does not reload the page.
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

/** The operator's token for creating an owner's account. */
export function useSetupToken(): LinkToken {
  return useLinkToken('setup', 'setup-token');
}

/** Returns whether the token could be stored; some browsers give a page no storage. */
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
