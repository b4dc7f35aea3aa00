import type { ArrayExpression } from 'oxc-parser';
import type { Edit, Repo } from '../contract.ts';
import { walk } from '../read/code/walk.ts';
import { template } from '../repo/templates.ts';
import { insertion } from './outcome.ts';
import { splice } from './spans.ts';

/**
 * Appends a step to the list of migrations of GAP-004, under the next id; undefined where the file holds no such list.
 * @param source its SQL, among the templates
 * @throws SourceError when the file does not parse.
 */
export function migrationEdit(
  repo: Repo,
  path: string,
  { name, source }: { readonly name: string; readonly source: string },
): Edit | undefined {
  if (!repo.exists(path)) return undefined;
  const module = repo.module(path);
  const { text } = module;
  const list: ArrayExpression[] = [];
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === 'migrations' && init?.type === 'ArrayExpression')
        list.push(init);
    },
  });
  const last = list[0]?.elements.at(-1);
  const ids = [...text.matchAll(/\bid:\s*(\d+)/g)].map(([, id]) => Number(id));
  if (!last || ids.length === 0) return undefined;
  const quote = /\bname:\s*"/.test(text) ? '"' : "'";
  const sql = template(source).replace(/^(?=.)/gm, '      ');
  const hasComma = text[last.end] === ',';
  const entry = `\n  {\n    id: ${Math.max(...ids) + 1},\n    name: ${quote}${name}${quote},\n    sql: \`\n${sql}    \`,\n  },`;
  return splice(repo, path, [insertion(hasComma ? last.end + 1 : last.end, hasComma ? entry : `,${entry}`)]);
}
