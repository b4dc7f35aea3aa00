import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { importersOf, namersOf } from '../../src/read/code/imports.ts';
import { reachedThat } from '../../src/read/code/reach.ts';
import { jsxElements } from '../../src/read/markup/markup.ts';
import { basename } from '../../src/repo/paths.ts';
import { type Behind, codeBehind } from './behind.ts';
import { type Form, handlersOf, isGivenSchema } from './forms.ts';
import { checksSchema, hasTrace, mentionsSchema } from './schemas.ts';
import type { Inputs } from './subject.ts';

/** How a form stands: checked, or why it is not. */
export type Standing = 'checked' | 'no-schema' | 'schema-not-parsed' | 'no-resolver';

/** Follows a form's handlers to where what was typed is checked against a schema. */
export function standingOf(repo: Repo, { app, base }: Inputs, form: Form): Standing {
  if (isGivenSchema(form.element)) return 'checked';
  if (!mayBeChecked(repo, app, form)) return 'no-schema';
  const behind = behindForm(repo, app, form);
  const all = [behind, ...behind.components.flatMap((name) => behindRenders(repo, app, form.path, name))];
  if (all.some((each) => checksSchema(each) || isProcedure(repo, base.code, each))) return 'checked';
  if (all.some(({ installed }) => installed.some(({ specifier }) => specifier === 'react-hook-form')))
    return 'no-resolver';
  return mentionsSchema(withoutComments(repo, form.path)) ? 'schema-not-parsed' : 'no-schema';
}

function behindForm(repo: Repo, app: NextApp, form: Form): Behind {
  return codeBehind(repo, app, { path: form.path, code: handlersOf(form), at: form.element.start });
}

/** A handler that comes in as a property is what the component is given where it is rendered. */
function behindRenders(repo: Repo, app: NextApp, path: string, name: string): readonly Behind[] {
  if (!/^[A-Z]/.test(name)) return [];
  const elsewhere = importersOf(repo, app, path).map((importer) => ({
    path: importer.path,
    as: importer.local ?? name,
  }));
  return [{ path, as: name }, ...elsewhere].flatMap((place) =>
    jsxElements(repo, place.path)
      .filter((element) => element.name === place.as)
      .map((element) => {
        const code = handlersOf({ path: place.path, element });
        return codeBehind(repo, app, { path: place.path, code, at: element.start });
      }),
  );
}

/** `api.post.create.useMutation()` of tRPC, where the procedure of that name checks its input. */
function isProcedure(repo: Repo, code: readonly string[], { pieces }: Behind): boolean {
  const names = pieces.flatMap((piece) =>
    [
      ...piece.code.matchAll(
        /\.(\w+)\.(?:useMutation|mutate|mutateAsync|mutationOptions|useServerActionMutation)\b/g,
      ),
    ].flatMap(([, name]) => name ?? []),
  );
  if (names.length === 0) return false;
  const known = new Set([...names, ...aliasesOf(repo, code, names)]);
  const procedure = new RegExp(
    `\\b(?:${[...known].join('|')})\\s*[:=]\\s*\\w*[pP]rocedure[\\s\\S]{0,200}?\\.input\\(`,
  );
  return code.some((path) => {
    const text = repo.peek(path) ?? '';
    return text.includes('.input(') && procedure.test(blankComments(text));
  });
}

/** What routers name otherwise than the file that a procedure stands in: `name: updateTeamName`. */
function aliasesOf(repo: Repo, code: readonly string[], names: readonly string[]): readonly string[] {
  const alias = new RegExp(`\\b(?:${names.join('|')})\\s*:\\s*([a-z]\\w+)\\s*[,}]`, 'g');
  return code.flatMap((path) => {
    const text = repo.peek(path) ?? '';
    return /[rR]outer\(/.test(text) ? [...text.matchAll(alias)].flatMap(([, name]) => name ?? []) : [];
  });
}

/**
 * Whether a form can lead to a check at all: it, what it imports, or a file that renders it names a schema library or
 * holds a check. Most forms without a schema are told apart by this, on text alone.
 */
function mayBeChecked(repo: Repo, app: NextApp, form: Form): boolean {
  const isNear = (entry: string) =>
    reachedThat(repo, app, [entry], (path) => hasTrace(repo, path)).length > 0;
  if (isNear(form.path)) return true;
  if (repo.mentions(form.path, PROCEDURE)) return true;
  // Nobody imports what Next.js itself renders.
  if (/^(?:page|layout|template)\.[jt]sx?$/.test(basename(form.path))) return false;
  return (
    namersOf(repo, app, form.path).some(isNear) &&
    importersOf(repo, app, form.path).some(({ path }) => isNear(path))
  );
}

const PROCEDURE = /\.(?:useMutation|mutate)/;
