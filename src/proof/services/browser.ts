import type { Browser, Page } from 'playwright-core';
import { userAgent } from '../visitor.ts';

/** Chromium, started at the first page. */
export interface BrowserService {
  page(address: string): Promise<Page>;
  /** Closes the pages of a check. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
}

/** @param executablePath the system's Chromium: playwright-core brings none of its own. */
export function createBrowser(executablePath: string): BrowserService {
  let browser: Promise<Browser> | undefined;
  const launch = async () => {
    const { chromium } = await import('playwright-core');
    // Chromium's sandbox refuses to run as root, which containers and CI machines often are.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return chromium.launch({ executablePath, args, handleSIGINT: false, handleSIGTERM: false });
  };
  // A launch that failed has been told to the check that asked for the page.
  const launched = () => browser?.catch(() => undefined);
  return {
    async page(address) {
      browser ??= launch();
      const context = await (await browser).newContext({ userAgent: userAgent(address) });
      context.setDefaultTimeout(15_000);
      return context.newPage();
    },
    async closePages() {
      const contexts = (await launched())?.contexts() ?? [];
      await Promise.all(contexts.map((context) => context.close()));
    },
    async stop() {
      await (await launched())?.close();
    },
  };
}
