import type { Fix, NextApp, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { basename, dirname } from '../../../src/repo/paths.ts';
import { occupiedStep, rewriteStep } from '../steps.ts';
import { SERVER_EXPORTS, SERVER_MODULE } from '../tables.ts';
import { createFrom } from './creation.ts';
import { panelFor } from './panel.ts';

/** A boundary that is missing, from its template, in the app's language and style. */
export function boundaryPart(
  repo: Repo,
  app: NextApp,
  path: string,
  kind: 'root' | 'dashboard' | 'global',
): Fix {
  if (repo.occupied(path)) return { edits: [], manual: [occupiedStep(path)] };
  if (kind === 'global') return { edits: [createFrom(repo, app, path, 'app/global-error', [])], manual: [] };
  const panel = panelFor(repo, app);
  const boundary = createFrom(repo, app, path, kind === 'root' ? 'app/error' : 'app/dashboard/error', [
    ['ErrorPanel', panel.name],
    [`@/components/${panel.name}`, specifierFor(repo, app, path, panel.path)],
    ...(kind === 'dashboard' ? wayOut(app, dirname(path)) : []),
  ]);
  return { edits: [...panel.edits, boundary], manual: [] };
}

/** A dashboard without a page of its own, or below a segment that the address fills, has no home to go back to. */
function wayOut(app: NextApp, folder: string): readonly (readonly [string, string])[] {
  const hasPage = app.files.some(
    (path) => /^page\.[jt]sx?$/.test(basename(path)) && dirname(path).replace(/\/\([^/]*\)$/, '') === folder,
  );
  return hasPage && !folder.includes('[')
    ? []
    : [
        ["'/dashboard'", "'/'"],
        ["'Back to Dashboard'", "'Go Home'"],
      ];
}

/** A boundary that is no client component becomes one, where its content allows it. */
export function clientPart(repo: Repo, path: string): Fix {
  const module = repo.module(path);
  return needsServer(module)
    ? { edits: [], manual: rewriteStep('boundary-not-client', path) }
    : { edits: [splice(repo, path, clientDirectiveSpans(module))], manual: [] };
}

/** Whether a module holds what a client component may not. */
function needsServer(module: SourceModule): boolean {
  let awaits = false;
  const found = () => {
    awaits = true;
  };
  const ifAsync = (node: { readonly async: boolean }) => {
    if (node.async) found();
  };
  walk(module, {
    AwaitExpression: found,
    FunctionDeclaration: ifAsync,
    FunctionExpression: ifAsync,
    ArrowFunctionExpression: ifAsync,
  });
  return (
    awaits ||
    module.imports.some(({ moduleRequest }) => SERVER_MODULE.test(moduleRequest.value)) ||
    module.exports.some(({ entries }) =>
      entries.some(({ exportName }) => SERVER_EXPORTS.has(exportName.name ?? '')),
    )
  );
}

/** Puts 'use client' first, below the comment lines that head the file; a directive that stands too late moves. */
function clientDirectiveSpans({ text, program }: SourceModule): readonly Span[] {
  const late = program.body.find(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'Literal' &&
      statement.expression.value === 'use client',
  );
  const { quote } = styleOf(text);
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
