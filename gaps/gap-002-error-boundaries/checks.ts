import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { escaped } from '../../src/read/code/escaped.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { isAtLeast } from './next-version.ts';
import { renderingOf } from './rendering.ts';

/**
 * The proof reads names and text from the top down, where detect follows the module graph from the bottom up:
 * what fooled one should not fool the other.
 */
export function checksOf(repo: Repo, app: NextApp): readonly Check[] {
  const at = app.dir === '' ? '' : ` of ${app.dir}`;
  const check = (title: string, run: () => Verdict): Check => ({ title, level: 'static', run });
  return [
    check(`Every error boundary${at} is a client component with a default export`, () =>
      boundariesWork(repo, app),
    ),
    check(`Every page${at} stands below an error boundary`, () => pagesAreCaught(repo, app)),
    check(`The dashboard${at} has a boundary inside its shell`, () => dashboardIsCaught(repo, app)),
    check(`A global-error${at} renders a document of its own`, () => documentIsRendered(repo, app)),
    check(`Layouts${at} mount a session provider around the pages that ask for the session`, () =>
      sessionIsProvided(repo, app),
    ),
  ];
}

function boundariesWork(repo: Repo, app: NextApp): Verdict {
  const pages = specials(app, 'page');
  const boundaries = specials(app, 'error|global-error').filter((path) =>
    pages.some((page) => page.startsWith(`${folderOf(path)}/`)),
  );
  for (const path of boundaries) {
    const code = codeOf(repo, path);
    if (!/^\s*(['"])use client\1/.test(code))
      return fail(`the first statement of ${path} is not "use client"`);
    if (!/\bexport\s+(default\b|\{[^}]*\bdefault\b)/.test(code)) return fail(`${path} has no default export`);
  }
  return boundaries.length === 0
    ? fail('there is no boundary')
    : pass(boundaries.join(', '), 'client components');
}

function pagesAreCaught(repo: Repo, app: NextApp): Verdict {
  const folders = catchingFolders(repo, app);
  const documents = specials(app, 'layout')
    .filter((path) => /<html[\s>]/.test(codeOf(repo, path)))
    .map(folderOf);
  const pages = specials(app, 'page');
  const bare = pages.find((page) => {
    const document = outermost(documents, page);
    // Beside every document, global-error is all there is.
    if (document === undefined && documents.length > 0 && isHandedOn(repo, app)) return false;
    return !folders.some(
      (folder) => page.startsWith(`${folder}/`) && `${folder}/`.startsWith(`${document ?? ''}`),
    );
  });
  if (bare !== undefined) return fail(`no error.* stands at or above ${bare}`);
  return pass(`${pages.length} pages`, `below ${folders.join(', ')}`);
}

/** The root layout draws nothing of its own. */
function isHandedOn(repo: Repo, app: NextApp): boolean {
  const root = specials(app, 'layout').find((path) => folderOf(path) === app.appDir);
  return root !== undefined && !/<\w+[\s>]/.test(codeOf(repo, root).replace(/<[^<>]*>(?=\s*[;,})])/g, ''));
}

const MOUNTED =
  /<[\w.]*(?:ErrorBoundary|Catcher|(?<!Hydration|Suspense)Boundary)\b[\s\S]{0,500}?\bchildren\b/;

/** Folders with an error file, or with a layout whose code, or what it imports, has children inside of a boundary. */
function catchingFolders(repo: Repo, app: NextApp): readonly string[] {
  const layouts = specials(app, 'layout|template').filter((path) =>
    [path, ...reachableFrom(repo, app, [path])].some((file) => MOUNTED.test(codeOf(repo, file))),
  );
  return [...specials(app, 'error'), ...layouts].map(folderOf);
}

/** A boundary outside of the dashboard's innermost layout replaces the navigation with itself. */
function dashboardIsCaught(repo: Repo, app: NextApp): Verdict {
  const dashboard = new RegExp(`^${escaped(app.appDir ?? '')}/(?:[([][^/]*/)*dashboard(?=/)`);
  const layouts = specials(app, 'layout').map(folderOf);
  const boundaries = catchingFolders(repo, app);
  const pages = specials(app, 'page').filter((page) => dashboard.test(page));
  const bare = pages.find((page) => {
    const home = `${dashboard.exec(page)?.[0]}/`;
    const lengths = layouts.filter((folder) => home.startsWith(`${folder}/`)).map(({ length }) => length);
    const above = boundaries.filter((folder) => page.startsWith(`${folder}/`));
    return !above.some(
      (folder) =>
        `${folder}/`.startsWith(home) ||
        (folder.length > Math.min(...lengths) && folder.length >= Math.max(...lengths)),
    );
  });
  if (bare !== undefined) return fail(`an error in ${bare} takes the dashboard's layout with it`);
  const homes = [...new Set(pages.map((page) => `${dashboard.exec(page)?.[0]}`))];
  const loose = homes.find(
    (home) =>
      layouts.some((folder) => home.startsWith(`${folder}/`)) &&
      !boundaries.some((folder) => home.startsWith(`${folder}/`)),
  );
  if (loose !== undefined) return fail(`nothing above ${loose} catches what its own layout throws`);
  return pass(`${pages.length} dashboard pages`, pages.length === 0 ? 'nothing to catch' : 'caught inside');
}

function documentIsRendered(repo: Repo, app: NextApp): Verdict {
  const pages = specials(app, 'page');
  if (pages.length === 0) return pass('pages', 'none');
  const layouts = specials(app, 'layout').map(folderOf);
  const places = new Set(
    isAtLeast(repo, app, 14, 1)
      ? [app.appDir ?? '']
      : pages.map((page) => outermost(layouts, page) ?? app.appDir ?? ''),
  );
  const files = specials(app, 'global-error').filter((path) => places.has(folderOf(path)));
  const empty = [...places].find((place) => !files.some((path) => folderOf(path) === place));
  if (empty !== undefined) return fail(`there is no global-error in ${empty}`);
  const bare = files.find((path) => {
    const code = [...reachableFrom(repo, app, [path])].map((each) => codeOf(repo, each)).join('\n');
    return !/<html[\s>]/.test(code) || !/<body[\s>]/.test(code);
  });
  if (bare !== undefined) return fail(`${bare} renders no <html> with a <body>`);
  return pass(files.join(', '), '<html> and <body>');
}

function outermost(folders: readonly string[], page: string): string | undefined {
  return folders.filter((folder) => page.startsWith(`${folder}/`)).sort((a, b) => a.length - b.length)[0];
}

function sessionIsProvided(repo: Repo, app: NextApp): Verdict {
  const asking = app.files.filter((path) => repo.mentions(path, 'useSession'));
  if (asking.length === 0) return pass('calls of useSession', 'none');
  const { bareCaller, mountsProvider } = renderingOf(repo, app);
  const layouts = specials(app, 'layout|template');
  for (const page of specials(app, 'page')) {
    const around = layouts.filter((layout) => page.startsWith(`${folderOf(layout)}/`));
    const rendered = [...around.sort((a, b) => a.length - b.length), page];
    const mounting = rendered.findIndex((path) => path !== page && mountsProvider(path));
    const bare = mounting === -1 ? rendered : rendered.slice(0, mounting + 1);
    const caller = bare.map((path) => bareCaller(path, 'default')).find((path) => path !== undefined);
    if (caller !== undefined) return fail(`${page} renders ${caller} outside of any session provider`);
  }
  return pass(asking.join(', '), 'rendered nowhere outside of a session provider');
}

/** The special files of those names, anywhere in the app folder. */
function specials({ appDir, files }: NextApp, names: string): readonly string[] {
  const pattern = new RegExp(`^${escaped(appDir ?? '')}/(.*/)?(${names})\\.[jt]sx?$`);
  return files.filter((path) => pattern.test(path));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function codeOf(repo: Repo, path: string): string {
  return withoutComments(repo, path);
}

function pass(subject: string, observed: string): Verdict {
  return { verdict: 'pass', evidence: [{ subject, observed }] };
}

function fail(reason: string): Verdict {
  return { verdict: 'fail', reason };
}
