import type { NextApp, Repo } from '../../../src/contract.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { TEST_FILE } from '../tables.ts';

/** How far a handler's answer stands from its address, in characters. */
const NEAR = 900;

/** The endpoints that a backend of this repository has: `GET /environments` and what stands behind the address. */
const endpointsOf = oncePer((repo: Repo) =>
  oncePer((app: NextApp): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    const backend = repo
      .find(/\.[cm]?[jt]s$/)
      .filter((path) => !isInside(app.dir, path) && !TEST_FILE.test(path));
    for (const path of backend) {
      if (!repo.mentions(path, /\.(?:get|post)\(\s*['"`]\//)) continue;
      const code = blankComments(repo.peek(path) ?? '');
      for (const { index, 1: method = '', 2: address = '' } of code.matchAll(
        /\.(get|post)\(\s*['"`](\/[\w/:-]*)['"`]/g,
      )) {
        const next = code.slice(index + 5).search(/\n\w+\.(?:get|post|put|patch|delete|use)\(/);
        const end = next === -1 ? NEAR : Math.min(NEAR, next);
        found.set(`${method.toUpperCase()} ${address}`, code.slice(index, index + 5 + end));
      }
    }
    return found;
  }),
);

/** Whether the gateway answers there with something of that name. */
export function answersWith(repo: Repo, app: NextApp, endpoint: string, name?: string): boolean {
  const handler = endpointsOf(repo)(app).get(endpoint);
  return handler !== undefined && (name === undefined || wordsIn(handler).has(name));
}

function wordsIn(code: string): ReadonlySet<string> {
  return new Set(code.match(/\w+/g) ?? []);
}

/** Whether code of the backend with such a path keeps what it knows in a Map. */
export function isKeptInMemory(repo: Repo, path: RegExp): boolean {
  return repo.find(path).some((each) => repo.mentions(each, /\bnew Map\b|\bMap</));
}

/** The module through which the app's routes reach the gateway: it exports proxyToBackend, which asks for a session. */
export function proxyOf(repo: Repo, app: NextApp): string | undefined {
  return app.files.find(
    (path) =>
      /(^|\/)lib\/[\w-]*proxy[\w-]*\.ts$/.test(path) &&
      repo.mentions(path, /export (?:async )?function proxyToBackend\(/) &&
      repo.mentions(path, /getServerSession\(/) &&
      repo.mentions(path, /\brequireOwner\b/),
  );
}
