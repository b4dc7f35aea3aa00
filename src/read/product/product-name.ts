import { join } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';

const LONGEST = 40;

/** What the app calls itself: the title of its root layout up to the first separator, else its package's name. */
export function productName(repo: Repo, app: NextApp): string | undefined {
  const folder = app.appDir ?? '';
  const layouts = app.files.filter((path) => isRootLayout(path.slice(folder.length)));
  const titles = layouts
    .sort((a, b) => a.length - b.length)
    .flatMap((path) => titleIn(repo.peek(path) ?? '') ?? []);
  return titles.find((title) => title !== '' && title.length <= LONGEST) ?? packageName(repo, app);
}

/** Of the app, or of one of its groups, each of which may have a root layout of its own. */
function isRootLayout(path: string): boolean {
  return /^\/(\([\w-]+\)\/)?layout\.[jt]sx?$/.test(path);
}

function titleIn(text: string): string | undefined {
  const metadata = /\bmetadata\b[^=]{0,200}=\s*\{([\s\S]*)/.exec(text)?.[1] ?? '';
  const title = /\b(?:applicationName|title|default)\s*:\s*(['"`])((?:(?!\1)[^$\\\n])+)\1/.exec(
    metadata,
  )?.[2];
  return title?.split(/(?<!\s)\s+[|\u2013\u2014\u00b7\u2022-]\s+|:\s/)[0]?.trim();
}

function packageName(repo: Repo, app: NextApp): string | undefined {
  const { name } = asRecord(repo.json(join(app.dir, 'package.json')));
  return typeof name === 'string' && name !== '' ? name.replace(/^@[\w-]+\//, '') : undefined;
}
