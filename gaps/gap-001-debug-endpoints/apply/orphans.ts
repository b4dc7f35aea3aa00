import type { ManualStep, NextApp, Repo, Span } from '../../../src/contract.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { importersOf, peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { basename } from '../../../src/repo/paths.ts';
import { isTest } from '../read/caller.ts';

/** What loses its last use with some files. */
export interface Orphans {
  /** Modules that nothing but tests imports any more. */
  readonly files: readonly string[];
  /** Index files that nobody imports, and that hand these modules on. */
  readonly indexes: readonly string[];
  /** Packages that nothing else imports, each with the package.json that declares it. */
  readonly packages: readonly { readonly name: string; readonly manifest: string }[];
}

/** What Next.js calls by its name. */
const ENTRY =
  /^(page|layout|template|default|loading|error|global-error|not-found|route|middleware|proxy|instrumentation|instrumentation-client|sitemap|robots|manifest|icon|apple-icon|opengraph-image|twitter-image)\.[jt]sx?$|\.config\.[cm]?[jt]s$/;

/** What an app runs on, imported or not. */
const FRAMEWORK = /^(next|react|react-dom|typescript|sharp)$/;

/** Follows the imports of what goes, as long as nothing else imports what they lead to. */
export function orphansOf(
  repo: Repo,
  deleted: readonly string[],
  pages: ReadonlyMap<string, readonly Span[]>,
): Orphans {
  const { apps } = repo.layout;
  const found = apps.map((app) => orphansIn(repo, app, deleted, pages));
  return {
    files: [...new Set(found.flatMap(({ files }) => files))].sort(),
    indexes: [...new Set(found.flatMap(({ indexes }) => indexes))].sort(),
    packages: found.flatMap(({ packages }) => packages),
  };
}

function orphansIn(
  repo: Repo,
  app: NextApp,
  deleted: readonly string[],
  pages: ReadonlyMap<string, readonly Span[]>,
): Orphans {
  const own = deleted.filter((path) => app.files.includes(path));
  const gone = new Set(own);
  const files: string[] = [];
  const indexes = new Set<string>();
  const waiting = [...own, ...[...pages.keys()].filter((path) => app.files.includes(path))].flatMap((path) =>
    importsOf(repo, app, path),
  );
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (gone.has(path) || ENTRY.test(basename(path))) continue;
    const importers = [...new Set(importersOf(repo, app, path).map((each) => each.path))];
    const dead = importers.filter((each) => isDeadIndex(repo, app, each));
    const using = importers.filter(
      (each) =>
        !gone.has(each) && !isTest(each) && !dead.includes(each) && keepsImport(repo, app, each, path, pages),
    );
    if (using.length > 0) continue;
    gone.add(path);
    files.push(path);
    for (const each of dead) indexes.add(each);
    waiting.push(...importsOf(repo, app, path));
  }
  return { files, indexes: [...indexes], packages: packagesOf(repo, app, gone, pages) };
}

function importsOf(repo: Repo, app: NextApp, path: string): readonly string[] {
  const module = peekModule(repo, path);
  const specifiers = module ? requestsOf(module).map(({ specifier }) => specifier) : [];
  return [...new Set(specifiers)].flatMap((each) => {
    const target = resolveImport(repo, app, path, each);
    return target !== undefined && /\.[cm]?[jt]sx?$/.test(target) ? [target] : [];
  });
}

/** An index file that does nothing but hand on, for nobody. */
function isDeadIndex(repo: Repo, app: NextApp, path: string): boolean {
  if (!/^index\.[jt]sx?$/.test(basename(path))) return false;
  const body = peekModule(repo, path)?.program.body ?? [];
  const handsOn = body.every(
    (statement) =>
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' && statement.source),
  );
  return handsOn && importersOf(repo, app, path).every((each) => isTest(each.path));
}

/** Whether a file still imports another one after its cuts. */
function keepsImport(
  repo: Repo,
  app: NextApp,
  path: string,
  target: string,
  pages: ReadonlyMap<string, readonly Span[]>,
): boolean {
  const spans = pages.get(path);
  if (!spans) return true;
  const left = applySpans(path, repo.text(path), spans);
  return specifiersOf(repo, path).some(
    (each) =>
      resolveImport(repo, app, path, each) === target &&
      new RegExp(`['"\`]${escaped(each)}['"\`]`).test(left),
  );
}

/** The declared packages that the files that go import, and no other file of the app. */
function packagesOf(
  repo: Repo,
  app: NextApp,
  gone: ReadonlySet<string>,
  pages: ReadonlyMap<string, readonly Span[]>,
): Orphans['packages'] {
  const { path: manifest, manifest: declared } = app.workspace;
  const names = Object.keys(declared.dependencies).filter((name) => !FRAMEWORK.test(name));
  const lost = [...gone, ...pages.keys()].flatMap((path) => specifiersOf(repo, path));
  const scripts = Object.values(declared.scripts).join('\n');
  return names
    .filter((name) => lost.some((each) => isOf(name, each)) && !scripts.includes(name))
    .filter((name) => !app.files.some((path) => !gone.has(path) && importsPackage(repo, path, name, pages)))
    .map((name) => ({ name, manifest }));
}

function importsPackage(
  repo: Repo,
  path: string,
  name: string,
  pages: ReadonlyMap<string, readonly Span[]>,
): boolean {
  if (!/\.([cm]?[jt]sx?|css|mdx)$/.test(path)) return false;
  const spans = pages.get(path);
  if (spans)
    return new RegExp(`['"]${escaped(name)}(/[^'"]*)?['"]`).test(applySpans(path, repo.text(path), spans));
  return repo.mentions(path, name);
}

function isOf(name: string, specifier: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

/** What loses its last use, for a person to decide: it may be a library for what is to come. */
export function orphanStep({ files, indexes, packages }: Orphans): readonly ManualStep[] {
  if (files.length === 0 && packages.length === 0) return [];
  const manifests = [...new Set(packages.map(({ manifest }) => manifest))];
  const parts = [
    ...(files.length > 0 ? [files.join(', ')] : []),
    ...manifests.map((manifest) => {
      const names = packages.filter((each) => each.manifest === manifest).map(({ name }) => name);
      return `${names.length === 1 ? 'the package' : 'the packages'} ${names.join(', ')} of ${manifest}`;
    }),
  ];
  const handedOn = indexes.length > 0 ? ` ${indexes.join(', ')}, which nothing imports, hands it on.` : '';
  return [
    {
      title: `Decide whether to keep what only the removed routes used: ${parts.join('; ')}`,
      why: `It may be meant for features to come, so it is left in place.${handedOn}`,
      seenBy: 'Nothing sees it: verify does not ask for unused modules and packages.',
    },
  ];
}
