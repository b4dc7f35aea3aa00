import type { ManualStep, NextApp, Repo, Span } from '../../../../src/contract.ts';
import { placeOf } from '../../../../src/edit/from-template.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { addImport } from '../../../../src/edit/ts-imports.ts';
import { specifierFor } from '../../../../src/read/code/specifier-for.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { joinParts, type Part } from '../parts.ts';

const BOUND = 'boundedAuth';

/** NextAuth's own route gets a bound on bodies and paths, around the one call that makes its handler. */
export function authRoutePart(repo: Repo, app: NextApp): Part {
  const routes = app.files.filter(
    (path) => /\/api\/auth\/\[\.\.\.\w+\]\/route\.[jt]s$/.test(path) && repo.mentions(path, 'next-auth'),
  );
  return joinParts(routes.map((path) => routePart(repo, app, path)));
}

function routePart(repo: Repo, app: NextApp, path: string): Part {
  const text = repo.text(path);
  if (text.includes(BOUND)) return { edits: [], manual: [] };
  const module = specifierFor(repo, app, path, placeOf(app, 'lib/auth-route.ts'));
  const call = callSpans(repo, path);
  const imported = addImport(path, text, { module, named: [BOUND] });
  if (!call || 'refused' in imported) return { edits: [], manual: [step(path, module)] };
  return { edits: [splice(repo, path, [...imported.spans, ...call])], manual: [] };
}

/** Around `NextAuth(…)`, where the file calls it once. */
function callSpans(repo: Repo, path: string): readonly Span[] | undefined {
  const module = repo.module(path);
  const name = module.imports
    .filter(({ moduleRequest }) => /^next-auth(\/next)?$/.test(moduleRequest.value))
    .flatMap(({ entries }) => entries.filter(({ importName }) => importName.kind === 'Default'))[0]
    ?.localName.value;
  const calls: { readonly start: number; readonly end: number }[] = [];
  walk(module, {
    CallExpression: ({ callee, start, end }) => {
      if (callee.type === 'Identifier' && callee.name === name) calls.push({ start, end });
    },
  });
  const [call, ...more] = calls;
  return call && more.length === 0
    ? [insertion(call.start, `${BOUND}(`), insertion(call.end, ')')]
    : undefined;
}

function step(path: string, module: string): ManualStep {
  return {
    title: `In ${path}, wrap the handler of NextAuth: ${BOUND}(handler), imported from ${module}`,
    why: 'The handler is not made by one call of NextAuth() in this file, and without the bound NextAuth reads bodies of any length and answers under longer paths.',
    seenBy: 'POST /api/auth/callback/credentials/x.js answers 404.',
  };
}
