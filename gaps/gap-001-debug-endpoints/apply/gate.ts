import type { Fix, Repo, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { openTs, styleOf } from '../../../src/edit/ts-file.ts';
import { exportedFunctions, firstStatement, isUsedElsewhere } from '../../../src/edit/ts-functions.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import type { OpenRoute } from '../read/routes.ts';
import { gateStep, routeStep } from '../steps.ts';

/** The guard as first statement of every open handler of a route, or the step for a person. */
export function gateRoute(repo: Repo, route: OpenRoute): Fix {
  const { path } = route;
  if (route.guard.isUnseen) return { edits: [], manual: [routeStep(route)] };
  const text = repo.text(path);
  const handlers = exportedFunctions(openTs(path, text), new Set(route.guard.methods));
  const refused = handlers.find((handler) => 'refused' in handler);
  const answersElsewhere = route.kind === 'pages' && !/\(\s*\w[^,()]*,\s*res\b/.test(text);
  const isShared =
    route.guard.isMixed &&
    handlers.some((handler) => 'body' in handler && isUsedElsewhere(text, handler.body));
  if (isShared || handlers.length < route.guard.methods.length || refused || answersElsewhere)
    return { edits: [], manual: [gateStep(route)] };
  const spans: Span[] = handlers.flatMap((handler) =>
    'body' in handler ? [firstStatement(text, handler.body, guardLines(route, text))] : [],
  );
  const imported =
    route.kind === 'app' && !usesResponse(text)
      ? addImport(path, text, { module: 'next/server', named: ['NextResponse'] })
      : { spans: [] };
  if ('refused' in imported) return { edits: [], manual: [gateStep(route)] };
  return { edits: [splice(repo, path, [...spans, ...imported.spans])], manual: [] };
}

function guardLines({ kind }: OpenRoute, text: string): readonly string[] {
  const { quote: q, semicolon } = styleOf(text);
  const answer =
    kind === 'app'
      ? `return ${usesResponse(text) ? 'Response' : 'NextResponse'}.json({ error: ${q}Not found${q} }, { status: 404 })${semicolon}`
      : `return res.status(404).json({ error: ${q}Not found${q} })${semicolon}`;
  return [`if (process.env.NODE_ENV === ${q}production${q}) {`, `  ${answer}`, '}'];
}

/** Whether the file answers with the platform's own class. */
function usesResponse(text: string): boolean {
  return /(?<![\w$.])Response\.json\(/.test(text) && !/\bNextResponse\b/.test(text);
}
