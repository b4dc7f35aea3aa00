import type { NextApp, Repo } from '../../src/contract.ts';
import { join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';

const LONGEST = 40;

/** What the app calls itself: the title of its root layout up to the first separator, else its package's name. */
export function productName(repo: Repo, app: NextApp): string {
  const layout = app.files.find((path) =>
    /^\/(\([\w-]+\)\/)?layout\.[jt]sx?$/.test(path.slice((app.appDir ?? '').length)),
  );
  const metadata = /\bmetadata\b[^=]*=\s*\{([\s\S]*)/.exec((layout && repo.peek(layout)) ?? '')?.[1];
  const title = /\b(?:applicationName|title|default)\s*:\s*(['"`])((?:(?!\1)[^$\\\n])+)\1/.exec(
    metadata ?? '',
  )?.[2];
  const name = title?.split(/\s+[|–—·•-]\s+|:\s/)[0]?.trim();
  return name && name.length <= LONGEST ? name : packageName(repo, app);
}

function packageName(repo: Repo, app: NextApp): string {
  const { name } = asRecord(repo.json(join(app.dir, 'package.json')));
  return typeof name === 'string' && name !== '' ? name.replace(/^@[\w-]+\//, '') : 'our site';
}
