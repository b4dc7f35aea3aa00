import { afterEach } from 'vitest';
import { sampleCopy } from './cli.ts';

/** Hands out copies of the sample by their root, and removes them after each test of the file that asks. */
export function samples(): (options?: { readonly git: boolean }) => string {
  const copies: { dispose(): void }[] = [];
  afterEach(() => {
    for (const copy of copies.splice(0)) copy.dispose();
  });
  return (options) => {
    const copy = sampleCopy(options);
    copies.push(copy);
    return copy.root;
  };
}
