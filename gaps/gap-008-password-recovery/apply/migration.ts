import type { ArrayExpression } from 'oxc-parser';
import type { Edit, Repo } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { splice } from '../../../src/edit/spans.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { template } from '../../../src/repo/templates.ts';

const SQL = 'gap-008-password-recovery/parts/password-resets.sql';

/**
 * Appends the table of reset tokens to the list of migrations, under the next id; undefined where the file holds no
 * such list.
 * @throws SourceError when it does not parse.
 */
export function migrationEdit(repo: Repo, path: string): Edit | undefined {
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
  const sql = template(SQL).replace(/^(?=.)/gm, '      ');
  const hasComma = text[last.end] === ',';
  const entry = `\n  {\n    id: ${Math.max(...ids) + 1},\n    name: ${quote}password resets${quote},\n    sql: \`\n${sql}    \`,\n  },`;
  return splice(repo, path, [insertion(hasComma ? last.end + 1 : last.end, hasComma ? entry : `,${entry}`)]);
}
