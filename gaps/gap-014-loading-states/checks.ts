import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { ignoreRuleFor } from '../../src/read/product/gitignore.ts';
import { basename, dirname, isInside } from '../../src/repo/paths.ts';
import { type Dashboard, type DashboardPage, dashboardsOf } from './subject.ts';

/** From the loading files down to the pages, on whole texts, where detect goes from the pages up and reads trees. */
export function checksOf(repo: Repo): readonly Check[] {
  return dashboardsOf(repo).flatMap((dashboard) => [
    check(`Nothing in ${dashboard.folder} is reached without something to look at`, () =>
      uncovered(repo, dashboard),
    ),
    check(`Every loading file of ${dashboard.folder} shows something, at once, on the server`, () =>
      loadingFiles(repo, dashboard).flatMap((path) => faultOf(repo, path) ?? []),
    ),
  ]);
}

function check(title: string, faults: () => readonly string[]): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const found = faults();
      if (found.length > 0) return { verdict: 'fail', reason: found.join('; ') };
      return { verdict: 'pass', evidence: [{ subject: 'dashboard pages', observed: 'nothing amiss' }] };
    },
  };
}

function loadingFiles(repo: Repo, { app, folder, pages }: Dashboard): readonly string[] {
  const around = new Set(pages.flatMap((page) => page.around));
  return app.files.filter(
    (path) =>
      /^loading\.[jt]sx?$/.test(basename(path)) &&
      (isInside(folder, path) || around.has(dirname(path))) &&
      repo.exists(path),
  );
}

function uncovered(repo: Repo, dashboard: Dashboard): readonly string[] {
  const reached = new Set(
    loadingFiles(repo, dashboard)
      .filter((path) => !ignoreRuleFor(repo, path))
      .flatMap((path) => dashboard.pages.filter((page) => isInside(dirname(path), page.path))),
  );
  return dashboard.pages
    .filter((page) => !reached.has(page) && !waitsByItself(repo, dashboard, page))
    .map(({ url }) => `${url} has neither a loading file that git keeps nor a fallback`);
}

/** A fallback in the layouts, or data that the page's own code waits for and says so. */
function waitsByItself(repo: Repo, { app }: Dashboard, page: DashboardPage): boolean {
  const shells = app.files.filter(
    (path) => page.around.includes(dirname(path)) && /^(layout|template)\.[jt]sx?$/.test(basename(path)),
  );
  const wrapped = [...reachableFrom(repo, app, shells)].some((path) =>
    /fallback=[{"'](?!\{?\s*null)(?:(?!<\/(?:React\.)?Suspense)[\s\S]){3,400}?\{\s*(?:props\.)?children\s*\}/.test(
      codeOf(repo, path),
    ),
  );
  if (wrapped) return true;
  const code = [...reachableFrom(repo, app, [page.path])]
    .filter((path) => /\.[jt]sx?$/.test(path))
    .map((path) => codeOf(repo, path));
  if (code.some((text) => /fallback=(?!\{\s*(?:null|undefined|<>\s*<\/>)\s*\})|\bloading:\s*\(?/.test(text)))
    return true;
  const isServer = /\bdefault\s+async\b[\s\S]*\bawait\b/.test(code[0] ?? '');
  const says = /loading|pending|fetching|skeleton|spinner|loader|if\s*\(!\w+\)\s*\{?\s*return/i;
  return !isServer && code.some(brings) && code.some((text) => says.test(text));
}

/** A hook of data, or an effect in which a request or one of the file's own asynchronous functions is called. */
function brings(code: string): boolean {
  if (/\buse(?:SWR|\w*Query|Queries|Fetch|Async|Collection|Document)|\.use\w*Query\(/.test(code)) return true;
  const own = [...code.matchAll(/\basync\s+function\s+(\w+)|\b(\w+)\s*=\s*(?:useCallback\(\s*)?async\b/g)];
  const names = own.map(([, declared, assigned]) => `${declared ?? assigned}(`);
  const effects = code
    .split(/\buse(?:Layout)?Effect\(/)
    .slice(1)
    .map((rest) => rest.split(/\}\s*,\s*\[/, 1)[0] ?? '');
  return effects.some(
    (effect) =>
      /fetch|axios|await|\.then\(|\bload|\bget[A-Z]/.test(effect) ||
      names.some((name) => effect.includes(name)),
  );
}

function faultOf(repo: Repo, path: string): string | undefined {
  const code = codeOf(repo, path);
  const exported =
    /\bexport\s+default\s+(?!['"\d]|null\b|<)|\bas\s+default\b|\bexport\s*\{\s*default\b|\bmodule\.exports\b/;
  if (!exported.test(code)) return `${path} exports no component`;
  if (!/\breturn\b|=>\s*[(<\w]|\bfrom\b/.test(code)) return `${path} returns nothing`;
  const isHandedOn = /\bexport\s*\{[^}]*\}\s*from|=>\s*\w+\(|\bexport\s+default\s+\w+\s*[;(]?/.test(code);
  const markup = code.match(/<\/?[A-Za-z][\w.]*[^<>]*>/g) ?? [];
  const isBare = markup.every((tag) => /^<\/?[a-z]\w*\s*\/?>$/.test(tag));
  const text = /createElement|jsx\(|(?<!=)>\s*[^\s<>{}][^<>{}]*<|(?<!=)>\s*\{(?!\s*(?:null|\/\*))/.test(code);
  if (
    isBare &&
    !text &&
    !(markup.length === 0 && isHandedOn && !/\bnull\b/.test(code) && /\bimport\b|\bfrom\b/.test(code))
  )
    return `${path} shows nothing`;
  if (/^\s*['"]use client['"]/.test(code)) return undefined;
  if (/\basync\b[\s\S]*\bawait\b/.test(code)) return `${path} waits`;
  const browser =
    /\b(?:useState|useEffect|useLayoutEffect|useReducer|useRef|useContext|useTransition|useRouter|usePathname|useSearchParams|useParams|useSession)\(|<[a-z]\w*[^>]*\son[A-Z]\w*=|<style\s+jsx/;
  return browser.test(code) ? `${path} is rendered on the server and uses the browser` : undefined;
}

function codeOf(repo: Repo, path: string): string {
  return withoutComments(repo, path);
}
