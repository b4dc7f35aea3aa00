'use client';

import { useCallback, useEffect, useState } from 'react';

export interface LinkToken {
  /** Undefined until the address has been read, empty if there is no token. */
  readonly token: string | undefined;
  /** Call it once the token has been used. */
  readonly forget: () => void;
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
      const kept = storage();
      const given = new URLSearchParams(window.location.hash.slice(1)).get(parameter);
      if (given && kept) {
        kept.setItem(key, given);
        // The router keeps its own state in the entry; Back needs it.
        window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
      }
      setToken(given || kept?.getItem(key) || '');
    }
    read();
    // A newer link, opened in the same tab, loads no page.
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [key, parameter]);

  const forget = useCallback(() => {
    storage()?.removeItem(key);
    setToken('');
  }, [key]);

  return { token, forget };
}

/** The operator's token for an owner's account. */
export function useSetupToken(): LinkToken {
  return useLinkToken('setup', 'setup-token');
}

/** Browsers that block site data throw when it is accessed. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
