import type { ArrowFunction, FunctionDeclaration, FunctionExpression, Node } from 'ts-morph';
import type { NextApp, Repo } from '../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import type { Spans } from '../../../src/edit/outcome.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { openTs, styleOf } from '../../../src/edit/ts-file.ts';
import { afterHooks, exportedFunctions } from '../../../src/edit/ts-functions.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { findSpecial } from '../../../src/read/next/app-router.ts';
import { join } from '../../../src/repo/paths.ts';
import { boundaryStep, noBoundaryStep } from '../steps.ts';
import type { Change } from './changes.ts';

/** A boundary is where an error of rendering ends: React hands it to nobody else. */
export function boundaryChanges(
  repo: Repo,
  app: NextApp,
  module: string,
  wanted: readonly string[],
): readonly Change[] {
  const quiet = wanted.map((path): Change => {
    const outcome = reportSpans(path, repo.text(path), module);
    return 'refused' in outcome
      ? { manual: [boundaryStep(path)] }
      : { patches: [{ path, spans: outcome.spans }] };
  });
  return [...quiet, ...lastBoundary(repo, app, module)];
}

/** Without one the errors of client components reach nobody; the text is that of the boundaries' own gap. */
function lastBoundary(repo: Repo, app: NextApp, module: string): readonly Change[] {
  const { appDir } = app;
  if (appDir === undefined || findSpecial(repo, appDir, 'global-error') !== undefined) return [];
  if (findSpecial(repo, appDir, 'layout') === undefined) {
    const isBare = !app.files.some((path) => /(^|\/)(error|global-error)\.[jt]sx$/.test(path));
    return isBare ? [{ manual: [noBoundaryStep(appDir)] }] : [];
  }
  const file = 'app/global-error.tsx';
  if (repo.occupied(placeOf(app, file)))
    return [{ manual: [boundaryStep(join(appDir, 'global-error.tsx'))] }];
  const created = createFromTemplate(repo, app, 'gap-002-error-boundaries', file, '');
  const outcome = reportSpans(created.path, created.text, module);
  if ('refused' in outcome) return [{ manual: [boundaryStep(created.path)] }];
  return [{ created: [{ ...created, text: applySpans(created.path, created.text, outcome.spans) }] }];
}

/** An effect that reports the error which the boundary was given. */
function reportSpans(path: string, text: string, module: string): Spans {
  const [boundary] = exportedFunctions(openTs(path, text), new Set(['default']));
  if (!boundary) return { refused: 'it exports no component by default' };
  if ('refused' in boundary) return boundary;
  const error = errorIn(boundary.body.getParent());
  if (error === undefined) return { refused: 'its component takes no error' };
  const { semicolon } = styleOf(text);
  const lines = [
    'useEffect(() => {',
    `  captureException(${error})${semicolon}`,
    `}, [${error}])${semicolon}`,
  ];
  const imports = [
    addImport(path, text, { module, named: ['captureException'] }),
    addImport(path, text, { module: 'react', named: ['useEffect'] }),
  ];
  const refused = imports.find((each) => 'refused' in each);
  if (refused) return refused;
  return {
    spans: [
      ...imports.flatMap((each) => ('spans' in each ? each.spans : [])),
      afterHooks(text, boundary.body, lines),
    ],
  };
}

/** How the component calls the error: `{ error }`, `{ error: failure }`, `props.error`. */
function errorIn(component: Node | undefined): string | undefined {
  const parameter = isFunction(component) ? component.getParameters()[0] : undefined;
  if (!parameter) return undefined;
  const text = parameter.getNameNode().getText();
  if (/^\w+$/.test(text)) return `${text}.error`;
  const named = /[{,]\s*error\s*(?::\s*(\w+)\s*)?(?=[,}])/.exec(text);
  return named ? (named[1] ?? 'error') : undefined;
}

function isFunction(
  node: Node | undefined,
): node is FunctionDeclaration | FunctionExpression | ArrowFunction {
  return node !== undefined && 'getParameters' in node;
}
