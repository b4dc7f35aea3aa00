import type { Repo } from '../../../src/contract.ts';
import { documentsInForce } from '../../../src/read/documents/passages.ts';
import { ONLY_ADVISES, OPERATORS_FILE, SAYS_WATCHED, TRACES, WATCHING_SERVICE } from '../tables.ts';

/** A sign that something outside of the repository watches the site. */
export interface Trace {
  readonly path: string;
  /** Who seems to watch, for people. */
  readonly name: string;
}

/** The first sign of a monitor that was set up elsewhere: a badge, a public page, a document. */
export function traceOf(repo: Repo): Trace | undefined {
  return left(repo) ?? told(repo) ?? statusPage(repo);
}

function left(repo: Repo): Trace | undefined {
  for (const path of repo.find(OPERATORS_FILE)) {
    const found = TRACES.find(([trace]) => repo.mentions(path, trace));
    if (found) return { path, name: found[1] };
  }
  return undefined;
}

/** A paragraph of a guide that says which service watches; its monitors are set up there, out of sight. */
function told(repo: Repo): Trace | undefined {
  for (const { path, text } of documentsInForce(repo, WATCHING_SERVICE)) {
    const paragraph = text
      .split(/\n(?:[^\S\n]*\n)+/)
      .find((part) => WATCHING_SERVICE.test(part) && SAYS_WATCHED.test(part) && !ONLY_ADVISES.test(part));
    const name = WATCHING_SERVICE.exec(paragraph ?? '')?.[1];
    if (name !== undefined) return { path, name };
  }
  return undefined;
}

const STATUS_PAGE = /https:\/\/status\.([\w-]+)\.[a-z.]{2,10}\b/;

/** `status.` before a domain that is called like one of the packages shows the product's own state. */
function statusPage(repo: Repo): Trace | undefined {
  const names = new Set(
    repo.layout.packages.flatMap(({ path }) =>
      [...(repo.peek(path) ?? '').matchAll(/"name"\s*:\s*"@?([\w-]+)/g)].map(([, name]) => name),
    ),
  );
  for (const path of repo.find(/\.[jt]sx?$|(^|\/)README[\w.-]*$/)) {
    if (!repo.mentions(path, 'https://status.')) continue;
    const page = STATUS_PAGE.exec(repo.peek(path) ?? '');
    if (page && names.has(page[1])) return { path, name: page[0].replace('https://', '') };
  }
  return undefined;
}
