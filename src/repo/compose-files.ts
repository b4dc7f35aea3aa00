import { asideReason } from './compose-aside.ts';
import { deployMentions, type Mention } from './deploy-commands.ts';
import type { ComposeFile, Repo } from './model.ts';
import { basename } from './paths.ts';

/** The command of files that a person chose and no script starts: in the order in which they were named. */
export const CHOSEN = 'chosen';

const COMPOSE_NAME = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$|^docker-compose[\w.-]*\.ya?ml$/i;

/** Stacks for tests, developers and an editor are started by hand or by CI, never deployed. */
const NOT_DEPLOYED =
  /(^|\/)(\.devcontainer|_?dev|development|cypress|e2e|playwright|__tests__|tests?|testing)\//;

/** Finds the Compose files, and which of them are deployed: those that were chosen, or what deploy scripts start. */
export function discoverCompose(repo: Repo, chosen: readonly string[] | undefined): readonly ComposeFile[] {
  const found = repo
    .find(/compose[^/]{0,200}\.ya?ml$/i)
    .filter((path) => COMPOSE_NAME.test(basename(path)) && !NOT_DEPLOYED.test(path));
  const named = (chosen ?? []).filter((path) => repo.exists(path) && /\.ya?ml$/i.test(path));
  const paths = [...new Set([...found, ...named])].sort();
  if (paths.length === 0) return [];
  const mentions = deployMentions(repo, paths);
  if (chosen !== undefined) return paths.map((path) => chosenFile(path, chosen, mentions));
  const aside = new Map(paths.map((path) => [path, asideReason(path, repo.peek(path) ?? '')]));
  const counted = mentions.filter(({ target }) => aside.get(target) === undefined);
  return paths.map((path) => foundFile(path, aside.get(path), counted));
}

function chosenFile(path: string, chosen: readonly string[], mentions: readonly Mention[]): ComposeFile {
  const commands = commandsOf(path, mentions);
  const place = chosen.indexOf(path);
  if (place === -1)
    return {
      path,
      deployed: 'no',
      isAside: true,
      evidence: `${chosen.join(', ')} is chosen instead`,
      commands,
    };
  return {
    path,
    deployed: 'yes',
    isAside: false,
    evidence: 'chosen by --compose or the configuration',
    commands: commands.size > 0 ? commands : new Map([[CHOSEN, place]]),
  };
}

function foundFile(path: string, aside: string | undefined, mentions: readonly Mention[]): ComposeFile {
  const commands = commandsOf(path, mentions);
  if (aside !== undefined) return { path, deployed: 'no', isAside: true, evidence: aside, commands };
  const isAside = false;
  const own = mentions.find(({ target }) => target === path);
  if (own)
    return { path, deployed: 'yes', isAside, evidence: `named by ${own.script}:${own.line}`, commands };
  const other = mentions[0];
  if (other) {
    const evidence = `${other.script}:${other.line} names ${other.target} instead`;
    return { path, deployed: 'no', isAside, evidence, commands };
  }
  const evidence = 'no deploy script or workflow names a Compose file';
  return { path, deployed: 'unknown', isAside, evidence, commands };
}

function commandsOf(path: string, mentions: readonly Mention[]): ReadonlyMap<string, number> {
  const own = mentions.filter(({ target }) => target === path);
  return new Map(own.map(({ command, at }) => [command, at]));
}
