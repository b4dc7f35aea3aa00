import type { Finding, NextApp, Repo, SourceModule, Span } from '../../src/contract.ts';
import { hasDefaultExport, isClient } from '../../src/read/code/component-file.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { jsxElements } from '../../src/read/markup/markup.ts';
import { pageFoldersOf } from '../../src/read/next/app-router.ts';
import { basename, dirname, isInside } from '../../src/repo/paths.ts';

/** Why a boundary that is there catches nothing, or less than it could. */
export type BoundaryCode =
  | 'boundary-not-client'
  | 'boundary-without-export'
  | 'global-boundary-without-document'
  | 'boundary-without-retry';

/** Every error and global-error file of an app around a page, sorted. Elsewhere the name means nothing to Next.js. */
export function boundaryFilesOf(app: NextApp): readonly string[] {
  const { appDir } = app;
  const found = app.files.filter(
    (path) =>
      appDir !== undefined && isInside(appDir, path) && /^(global-)?error\.[jt]sx?$/.test(basename(path)),
  );
  if (found.length === 0) return [];
  const pages = pageFoldersOf(app);
  return found.filter((path) =>
    pages.some((page) => page === dirname(path) || isInside(dirname(path), page)),
  );
}

/** What keeps a boundary from working (nextjs.org/docs: error.js). Throws SourceError when it does not parse. */
export function defectsOf(repo: Repo, app: NextApp, path: string): readonly Finding<BoundaryCode>[] {
  const module = repo.module(path);
  if (!hasDefaultExport(module)) return [{ code: 'boundary-without-export', path, at: 0 }];
  const isGlobal = basename(path).startsWith('global-');
  return [
    ...(isClient(module) ? [] : [{ code: 'boundary-not-client' as const, path, at: 0 }]),
    ...(isGlobal && !rendersDocument(repo, app, module)
      ? [{ code: 'global-boundary-without-document' as const, path, at: 0 }]
      : []),
    ...(offersRetry(module) ? [] : [{ code: 'boundary-without-retry' as const, path, at: 0 }]),
  ];
}

/** In its own JSX, or in that of a component that it imports. */
function rendersDocument(repo: Repo, app: NextApp, module: SourceModule): boolean {
  return [...reachableFrom(repo, app, [module.path])]
    .filter((path) => repo.mentions(path, /<html[\s>]/))
    .some((path) => {
      const names = jsxElements(repo, path).map(({ name }) => name);
      return names.includes('html') && names.includes('body');
    });
}

/** Handing all props on counts: what the other component does with them is not looked at. */
function offersRetry({ text, exports }: SourceModule): boolean {
  const isReexport = exports.some(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest));
  return isReexport || /\b(reset|retry|unstable_retry|reload|refresh)\b|\{\s*\.\.\./.test(text);
}

/** What a client component may not hold: making one of such a file takes a person. */
const SERVER_ONLY =
  /\basync\b|\bawait\b|['"](server-only|next\/headers|fs|node:\w+)['"]|\bexport\s+(const|function)\s+(metadata|generateMetadata|viewport|revalidate|dynamic|runtime)\b/;

/**
 * Puts 'use client' first, below the comment lines that head the file; a directive that stands too late moves.
 * Undefined where the file holds what only a server component may.
 */
export function clientDirectiveSpans({ text, program }: SourceModule): readonly Span[] | undefined {
  if (SERVER_ONLY.test(text)) return undefined;
  const late = program.body.find(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'Literal' &&
      statement.expression.value === 'use client',
  );
  const quote = (text.match(/from "/g)?.length ?? 0) > (text.match(/from '/g)?.length ?? 0) ? '"' : "'";
  const at = headEnd(text);
  const gap = text.startsWith('\n', at) ? '' : '\n';
  const insert: Span = { start: at, end: at, text: `${quote}use client${quote};\n${gap}` };
  if (!late) return [insert];
  const end = /^[ \t]*\n?/.exec(text.slice(late.end))?.[0].length ?? 0;
  return [insert, { start: late.start, end: late.end + end, text: '' }];
}

/** After the `//` lines that open a file, unless they speak to a tool about the line that follows them. */
function headEnd(text: string): number {
  const head = /^(\/\/.*\n)*/.exec(text)?.[0] ?? '';
  return /eslint-|@ts-|biome-|prettier-/.test(head) ? 0 : head.length;
}
