import type { Edit, Repo } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { appendLines } from '../../../src/edit/text.ts';
import { ignoreRuleFor } from '../../../src/read/product/gitignore.ts';
import { template } from '../../../src/repo/templates.ts';
import type { ReleaseStack } from '../read/release-stack.ts';
import { COMMON, GAP, ROLLBACK } from '../tables.ts';
import { frontOf } from './front.ts';

const IGNORED = '/.releases/';

/** The scripts that know what a release is, and the line that keeps their log out of git. */
export function scriptEdits(repo: Repo, stack: ReleaseStack, hasRollback: boolean): readonly Edit[] {
  const rollback: Edit = {
    kind: 'create',
    path: ROLLBACK,
    text: template(`${GAP}/${ROLLBACK}`),
    mode: 0o755,
  };
  return [
    { kind: 'create', path: COMMON, text: commonFor(stack) },
    ...(hasRollback ? [rollback] : []),
    ...ignoreEdits(repo),
  ];
}

/** What depends on the stack stands at the top of the file that the scripts share. */
function commonFor(stack: ReleaseStack): string {
  const { script, released } = stack;
  const images = released.map(({ name, image }) => `  '${name} ${image}'\n`).join('');
  const files = script.files.map((file) => ` -f "$release_root/${file}"`).join('');
  const envFiles = script.envFiles.map((file) => ` --env-file "$release_root/${file}"`).join('');
  return template(`${GAP}/${COMMON}`)
    .replace(/^release_images=\(\n[^)]{0,5000}\)/m, () => `release_images=(\n${images})`)
    .replace(/^release_front=.*$/m, () => `release_front=' ${frontOf(stack).join(' ')} '`)
    .replace(
      /^release_compose\(\) \{.*$/m,
      () => `release_compose() { ${script.program}${files}${envFiles} "$@" </dev/null; }`,
    );
}

function ignoreEdits(repo: Repo): readonly Edit[] {
  if (ignoreRuleFor(repo, '.releases/log')) return [];
  const comment = `# What ${COMMON} writes down`;
  if (!repo.occupied('.gitignore'))
    return [{ kind: 'create', path: '.gitignore', text: `${comment}\n${IGNORED}\n` }];
  const outcome = appendLines(repo.text('.gitignore'), [IGNORED], comment);
  return 'spans' in outcome && outcome.spans.length > 0 ? [splice(repo, '.gitignore', outcome.spans)] : [];
}
