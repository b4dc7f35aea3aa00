import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { bringBack } from '../../src/edit/ignore.ts';
import { splice } from '../../src/edit/spans.ts';
import type { IgnoreRule } from '../../src/read/product/gitignore.ts';
import { componentEdits, componentFor } from './apply/component.ts';
import { type LoadingPage, loadingFiles } from './apply/loading-files.ts';
import type { Code } from './detect.ts';
import type { Dashboards } from './read.ts';
import { stepsFor } from './steps.ts';

/** Draws the outline of each page that shows nothing, and lets git see it. */
export function apply(state: Dashboards, wanted: readonly Finding<Code>[]): Fix {
  const { repo, dashboards } = state;
  const paths = new Set(wanted.filter(({ code }) => code === 'no-loading-ui').map(({ path }) => path));
  const created: Edit[] = [];
  const refused: string[] = [];
  for (const { app, pages } of dashboards) {
    const bare = pages.filter(({ wanted: file }) => paths.has(file.path));
    const component = componentFor(repo, app);
    const files = loadingFiles(repo, app, component, bare);
    const edits = componentEdits(repo, app, component, files);
    if (edits) created.push(...edits, ...files.map(({ edit }) => edit));
    else refused.push(...bare.map(({ wanted: file }) => file.path));
  }
  const edits = [...new Map(created.map((edit) => [edit.path, edit])).values()];
  const made = new Set(edits.map(({ path }) => path));
  const ignored = dashboards.flatMap(({ pages }) => ignoredFiles(pages, wanted, made));
  return {
    edits: [...edits, ...ignoreEdits(repo, ignored)],
    manual: stepsFor(wanted, refused),
  };
}

interface Ignored {
  readonly path: string;
  readonly rule: IgnoreRule;
}

/** What is created here, and what stands there already, that a rule keeps out of git. */
function ignoredFiles(
  pages: readonly LoadingPage[],
  wanted: readonly Finding<Code>[],
  made: ReadonlySet<string>,
): readonly Ignored[] {
  const isWanted = (path: string) =>
    made.has(path) || wanted.some((finding) => finding.path === path && /ignored/.test(finding.code));
  return pages
    .flatMap(({ wanted: file, loading }) => [file, ...loading])
    .flatMap(({ path, ignoredBy }) => (ignoredBy && isWanted(path) ? [{ path, rule: ignoredBy }] : []));
}

function ignoreEdits(repo: Repo, ignored: readonly Ignored[]): readonly Edit[] {
  return [...new Set(ignored.map(({ rule }) => rule.path))].flatMap((file) => {
    const outcome = bringBack(
      repo,
      file,
      ignored.filter(({ rule }) => rule.path === file),
    );
    return 'spans' in outcome && outcome.spans.length > 0 ? [splice(repo, file, outcome.spans)] : [];
  });
}
