import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import type { PageFile } from '../../src/read/next/next-routes.ts';
import { NO_FIGURES } from './certain.ts';
import { mayBeServedElsewhere, navLinks } from './navigation.ts';
import { dashboardPages, isRunbooks, NAMED } from './subject.ts';

/** Looks at files and whole texts, where detect reads arrays, functions and elements. */
export function checksOf(repo: Repo): readonly Check[] {
  return repo.layout.apps.flatMap((app) => {
    const found = dashboardPages(repo, app);
    if (found.length === 0) return [];
    const isNamed = isRunbooks(found);
    const judged = isNamed ? found.filter(({ url }) => NAMED.includes(url)) : found;
    const checks = [
      check('Every dashboard link of the navigation has a file for its page', () =>
        linksWithoutFile(repo, app),
      ),
      check('No function of a dashboard page waits to pretend', () =>
        judged.flatMap((page) => pretends(repo, page)),
      ),
    ];
    if (!isNamed)
      return [
        ...checks,
        check('No dashboard page shows figures that are written into the code, or a bare button', () =>
          judged.flatMap((page) => staged(repo, app, page)),
        ),
      ];
    return [
      ...checks,
      check('Each page that the runbook names exists and is linked', () => unlinked(repo, app, judged)),
      check('Each of them brings its data and tells of failure', () =>
        judged.flatMap((page) => notLive(repo, app, page)),
      ),
      check('Each of them shows no constants, and every button of it acts', () =>
        judged.flatMap((page) => idle(repo, page)),
      ),
    ];
  });
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

function linksWithoutFile(repo: Repo, app: NextApp): readonly string[] {
  if (mayBeServedElsewhere(repo, app) || app.files.some((path) => /dashboard\/.*\[\[?\.\.\./.test(path)))
    return [];
  const names = app.files.map((path) => path.replace(/\([^)]*\)\/|@\w+\//g, ''));
  return [...new Set(navLinks(repo, app).map(({ href }) => href))].filter((href) => {
    const source = href.replace(/\/[\w-]+/g, (part) => `/(?:${part.slice(1)}|\\[[\\w-]+\\])`);
    const file = new RegExp(
      `(?:^|/)(?:app|pages)(?:/\\[[\\w-]+\\])?${source}(?:/(?:page|route|index))?\\.(?:[jt]sx?|mdx?)$`,
    );
    return !names.some((name) => file.test(name));
  });
}

function pretends(repo: Repo, { path, url }: PageFile): readonly string[] {
  const lines = (repo.peek(path) ?? '').split('\n');
  const at = lines.findIndex((line, index) => {
    if (!/setTimeout\(/.test(line)) return false;
    const near = lines.slice(Math.max(0, index - 4), index + 3).join('\n');
    const isSaid = /simulat|\bmock|\bfake|TODO/i.test(near) && !/\bfetch\(/.test(near);
    return isSaid || /set(Is)?(Refresh|Load|Sav|Sync|Submit|Launch|Deploy)\w*\(false\)/.test(line);
  });
  return at === -1 ? [] : [`${url} at line ${at + 1}`];
}

function unlinked(repo: Repo, app: NextApp, judged: readonly PageFile[]): readonly string[] {
  const links = new Set(navLinks(repo, app).map(({ href }) => href));
  return NAMED.filter(
    (url) => !judged.some((page) => page.url === url) || (links.size > 0 && !links.has(url)),
  );
}

function notLive(repo: Repo, app: NextApp, { path, url }: PageFile): readonly string[] {
  const texts = [...reachableFrom(repo, app, [path])].map((file) => repo.peek(file) ?? '');
  const all = texts.join('\n');
  if (!/fetch\(|axios|use(SWR|Query)|prisma|\bdb\b|supabase|use server|trpc|api\./.test(all))
    return [`${url} reads from nowhere`];
  if (!/setError|isError|error\s*&&|error\s*\?|\.error\b|catch\(set|catch[^{]*\{\s*set[A-Z]\w*\(/i.test(all))
    return [`${url} tells of no failure`];
  const own = repo.peek(path) ?? '';
  if (/useState[^;\n]*\(\[\]\)/.test(own) && !/length|Empty/.test(own))
    return [`${url} has no word for nothing`];
  return /userId\W{1,3}["']\w+-user/.test(own) ? [`${url} acts for an invented user`] : [];
}

/** Told by lines: figures near the name that a chart is given, a button whose tag says nothing but its look. */
function staged(repo: Repo, app: NextApp, { path, url }: PageFile): readonly string[] {
  const own = repo.peek(path) ?? '';
  const stems = [...own.matchAll(/\bfrom\s*['"][^'"]*\/([\w.-]+)['"]/g)].map(([, stem]) => stem);
  const near = app.files.filter((file) => stems.includes(/([^/]+)\.[jt]sx$/.exec(file)?.[1] ?? ''));
  const figures = [path, ...near].filter((file) => {
    const text = repo.peek(file) ?? '';
    const name = /\bdata=\{(\w+)\}/.exec(text)?.[1];
    if (name === undefined || NO_FIGURES.test(name)) return false;
    return new RegExp(`^const ${name}\\b.*= \\[\\s*\\{.*\\d`, 'm').test(text);
  });
  const bare = [
    ...own.matchAll(/<[bB]utton(?:\s+(?:variant|size|className)="[^"]*")*>(?!\s*<)[^<]*<\/[bB]utton>/g),
  ].filter(
    ({ index }) =>
      !/<form|<Form|Trigger|Dialog|Menu|<Link|<label/.test(own.slice(Math.max(0, index - 600), index)),
  );
  return [
    ...figures.map((file) => `${url} shows figures of ${file}`),
    ...(bare.length > 0 ? [`${url} has a button that only looks like one`] : []),
  ];
}

function idle(repo: Repo, { path, url }: PageFile): readonly string[] {
  const text = repo.peek(path) ?? '';
  const constant = /^const ([A-Z_]+)[^=\n]*= \[\n\s+\{/m.exec(text)?.[1];
  const buttons = [...text.matchAll(/<button\b([^<]*?)>/g)].filter(
    ([, attributes = '']) => !/onClick|submit|disabled|\{\.\.\./.test(attributes),
  );
  if (buttons.length > 0) return [`${url} has ${buttons.length} buttons without handler`];
  return constant === undefined ? [] : [`${url} shows ${constant}`];
}
