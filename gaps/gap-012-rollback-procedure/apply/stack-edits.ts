import type { Edit, Repo, Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { splice } from '../../../src/edit/spans.ts';
import { putYamlSibling } from '../../../src/edit/yaml-sibling.ts';
import { dirname } from '../../../src/repo/paths.ts';
import type { DeployScript } from '../read/deploy-script.ts';
import type { Pruned } from '../read/pruned-releases.ts';
import { type ReleaseStack, taggedImage } from '../read/release-stack.ts';
import { COMMON } from '../tables.ts';

/** A tag per release for each image, in one splice of each Compose file; in words what is in the way. */
export function imageEdits(repo: Repo, stack: ReleaseStack): readonly Edit[] | { readonly refused: string } {
  const outcomes = stack.released.map((service) => ({
    path: service.path,
    spans: putYamlSibling(service.path, repo.text(service.path), ['services', service.name], {
      key: 'image',
      value: taggedImage(service),
      after: 'build',
    }),
  }));
  const refused = outcomes.flatMap(({ spans }) => ('refused' in spans ? [spans] : []))[0];
  if (refused) return refused;
  return [...new Set(outcomes.map(({ path }) => path))].map((path) =>
    splice(
      repo,
      path,
      outcomes.flatMap((each) => (each.path === path && 'spans' in each.spans ? each.spans.spans : [])),
    ),
  );
}

/**
 * Tells the deploy script what a release is: where the functions are, where one begins, where it is finished.
 * @param described the file that says more
 */
export function scriptSpans(repo: Repo, script: DeployScript, described: string): readonly Span[] {
  const { path, sources, begins, finishes, indent } = script;
  const text = repo.text(path);
  const up = dirname(path)
    .split('/')
    .filter((part) => part !== '')
    .map(() => '..');
  const common = dirname(path) === dirname(COMMON) ? 'release-common.sh' : [...up, COMMON].join('/');
  const break_ = text[sources - 1] === '\n' || sources === 0 ? '' : '\n';
  return [
    insertion(
      sources,
      `${break_}# shellcheck source=${COMMON}\n. "$(dirname "\${BASH_SOURCE[0]}")/${common}"\n`,
    ),
    insertion(
      begins,
      `${indent}# From here on, whatever fails starts the release before again: see ${described}\n${indent}release_begin\n`,
    ),
    insertion(finishes, `\n${indent}release_finish`),
  ];
}

/** Spares the images that Compose has built. */
export function pruneSpan({ options }: Pruned, project: string | undefined): Span {
  const label = `com.docker.compose.project${project === undefined ? '' : `=${project}`}`;
  return insertion(options, ` --filter "label!=${label}"`);
}
