import type { NextApp, Repo } from '../../../src/contract.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { hasSpread, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';

/** What a boundary passes an error on with; its own few lines speak of nothing else. */
const PASSES_ON = /capture|report|notify|track|logError|addError|recordError/i;
/** The same in a component of many lines: a call, with the error itself. */
const CALLS_WITH_ERROR =
  /(?:capture|report|notify|track|log|add|record)\w{0,40}\([^()]{0,80}\b(?:error|err|e|props\.error)\b/i;

/** Components that hand the error on to others. */
const MOST_STEPS = 4;

/** The boundaries that pass no error on, nor does what they hand it to. */
export function quietBoundariesOf(repo: Repo, app: NextApp): readonly string[] {
  return app.files
    .filter((path) => /(^|\/)(error|global-error)\.[jt]sx$/.test(path))
    .filter((path) => !repo.mentions(path, PASSES_ON))
    .filter((path) => !heirsOf(repo, app, path, MOST_STEPS).some((heir) => passesOn(repo, heir)));
}

function passesOn(repo: Repo, path: string): boolean {
  return (
    repo.mentions(path, CALLS_WITH_ERROR) &&
    CALLS_WITH_ERROR.test(peekModule(repo, path)?.withoutComments ?? '')
  );
}

/** The modules of the components that are handed the error of a module, or stand in its place. */
function heirsOf(repo: Repo, app: NextApp, path: string, steps: number): readonly string[] {
  const module = peekModule(repo, path);
  if (!module || steps === 0) return [];
  const handed = new Set(
    jsxElements(repo, path)
      .filter(isHandedError)
      .map(({ name }) => name.split('.', 1)[0]),
  );
  const heirs = requestsOf(module).flatMap(({ specifier, name, local, exportedAs }) =>
    exportedAs !== undefined || (local !== undefined && handed.has(local))
      ? homesOf(repo, app, path, specifier, name, steps)
      : [],
  );
  return [...heirs, ...heirs.flatMap((heir) => heirsOf(repo, app, heir, steps - 1))];
}

/** `<View {...props} />`, `<View error={error} />` */
function isHandedError(element: JsxElement): boolean {
  return (
    hasSpread(element) ||
    element.attributes.some((each) => each.kind === 'expression' && /\berror\b/.test(each.value))
  );
}

/** The module that a name is imported from, or those behind it that it takes the name from. */
function homesOf(
  repo: Repo,
  app: NextApp,
  from: string,
  specifier: string,
  name: string,
  steps: number,
): readonly string[] {
  const path = resolveImport(repo, app, from, specifier);
  const module = path === undefined ? undefined : peekModule(repo, path);
  if (path === undefined || !module || steps === 0) return [];
  const again = requestsOf(module).filter(({ exportedAs }) => exportedAs === name || exportedAs === '*');
  return [
    path,
    ...again.flatMap((each) =>
      homesOf(repo, app, path, each.specifier, each.exportedAs === '*' ? name : each.name, steps - 1),
    ),
  ];
}
