import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

/** The router that components under test are given. */
export const router: AppRouterInstance = {
  back: vi.fn(),
  forward: vi.fn(),
  push: vi.fn(),
  replace: vi.fn(),
  prefetch: vi.fn(),
  refresh: vi.fn(),
};

/** For `wrapper`: what Next.js puts around every page. */
export function InApp({ children }: { children: ReactNode }) {
  return <AppRouterContext.Provider value={router}>{children}</AppRouterContext.Provider>;
}

/** The JSON of a request that `fetch` was called with. */
export function bodyOf(fetched: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }, call = 0): unknown {
  const [, init] = fetched.mock.calls[call] ?? [];
  const isInit = typeof init === 'object' && init !== null && 'body' in init;
  return isInit ? JSON.parse(String(init.body)) : undefined;
}
