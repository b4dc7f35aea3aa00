import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { createFromTemplate } from '../../../src/edit/from-template.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { indentOf, lineStart, styleOf } from '../../../src/edit/ts-file.ts';
import { withoutTypes } from '../../../src/edit/without-types.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import type { Backend } from '../read/backends.ts';
import type { FrozenRoute } from '../read/frozen-health.ts';
import { GAP, READY } from '../tables.ts';

const ROUTE = 'app/api/health/ready/route.ts';

/** Has a route answer each request anew: behind the imports, in the file's own style. */
export function dynamicSpan(repo: Repo, { path }: FrozenRoute): Span {
  const text = repo.text(path);
  const { quote: q, semicolon: s } = styleOf(text);
  const { body } = repo.module(path).program;
  const last = body.findLast(({ type }) => type === 'ImportDeclaration');
  const lines = `// Without this, Next.js answers with what was true when it was built.\nexport const dynamic = ${q}force-dynamic${q}${s}`;
  return last
    ? insertion(last.end, `\n\n${lines}`)
    : insertion(lineStart(text, body[0]?.start ?? 0), `${lines}\n\n`);
}

/** The route that says whether visitors can be served, by what the deployed stack starts beside the app. */
export function readyEdits(repo: Repo, app: NextApp, backends: readonly Backend[]): readonly Edit[] {
  const created = createFromTemplate(repo, app, GAP, ROUTE, '');
  const { quote: q, semicolon: s } = styleOf(created.text);
  const rows = backends.map(
    ({ name, variable, path }) =>
      `{ name: ${q}${name}${q}, variable: ${q}${variable}${q}, path: ${q}${path}${q} }`,
  );
  const [unit = '  '] = /^[ \t]+/m.exec(created.text) ?? [];
  const list = rows.length === 1 ? `[${rows[0]}]` : `[\n${rows.map((row) => `${unit}${row},\n`).join('')}]`;
  const text = created.text.replace(/^const BACKENDS = \[.*$/m, () => `const BACKENDS = ${list}${s}`);
  if (app.files.some((path) => /(?<!\.d)\.tsx?$/.test(path))) return [{ ...created, text }];
  return [{ ...created, path: created.path.replace(/ts$/, 'js'), text: withoutTypes(created.path, text) }];
}

const OWN = /\bpathname === (['"])\/api\/health\1/;

/** Lets the new route past a middleware that lets the old one past; nothing where none does. */
export function sparedSpans(
  repo: Repo,
  app: NextApp,
): { readonly path: string; readonly spans: readonly Span[] } | undefined {
  const path = app.middlewarePath;
  const found = path === undefined ? undefined : OWN.exec(withoutComments(repo, path));
  if (path === undefined || !found) return undefined;
  const text = repo.text(path);
  const end = found.index + found[0].length;
  const before = text.slice(0, found.index);
  const isOneOfMany = /(?:\(|\|\|)\s*$/.test(before) && /^\s*(?:\|\||\))/.test(text.slice(end));
  const other = found[0].replace('/api/health', READY);
  if (!isOneOfMany) return { path, spans: [{ start: found.index, end, text: `(${found[0]} || ${other})` }] };
  const ownLine = text.slice(lineStart(text, found.index), found.index).trim() === '';
  const gap = ownLine ? `\n${indentOf(text, found.index)}` : ' ';
  return { path, spans: [insertion(end, ` ||${gap}${other}`)] };
}
