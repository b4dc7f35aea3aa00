'use client';

import { useCallback, useEffect, useState } from 'react';

export interface LinkToken {
  /** Undefined until the address was read, empty where the link brought none. */
  readonly token: string | undefined;
  /** Once it is used up. */
  readonly forget: () => void;
}

/**
 * The token of a mailed link, which stands behind the # of its address. It leaves the address bar, where a screenshot
 * or the history would show it, for this tab's storage: a reload, Back and a discarded tab find it there.
 */
export function useLinkToken(purpose: string): LinkToken {
  const key = `link-token:${purpose}`;
  const [token, setToken] = useState<string>();

  useEffect(() => {
    function read() {
      const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
      if (given) {
        sessionStorage.setItem(key, given);
        // The router keeps its own state in the entry; Back needs it.
        window.history.replaceState(window.history.state, '', window.location.pathname);
      }
      setToken(given || sessionStorage.getItem(key) || '');
    }
    read();
    // A newer link, opened in the same tab, loads no page.
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [key]);

  const forget = useCallback(() => {
    sessionStorage.removeItem(key);
    setToken('');
  }, [key]);

  return { token, forget };
}
