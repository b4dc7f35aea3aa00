import { basename, dirname, join } from './paths.ts';
import type { Repo } from './repo.ts';
import { positionAt } from './text.ts';

/** A Compose file and whether it is the one that is deployed. */
export interface ComposeFile {
  readonly path: string;
  /**
   * `yes`: a deploy script or workflow names it. `no`: another Compose file is named and this one is not.
   * `unknown`: nothing in the repository says which file is deployed.
   */
  readonly deployed: 'yes' | 'no' | 'unknown';
  /** Where the deploy script names it, or why it is not known, for people. */
  readonly evidence: string;
  /** The commands that name it (`deploy.sh:3`), each with the place of the name: a later file is laid over an earlier. */
  readonly commands: ReadonlyMap<string, number>;
}

const COMPOSE_NAME = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$|^docker-compose[\w.-]*\.ya?ml$/i;
const COMPOSE_MENTION = /(?:[\w./{}$-]*\/)?(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml/gi;
/** A script whose name says that it deploys; a `.disabled` or example file does not. */
const DEPLOY_SCRIPT =
  /(^|\/)(deploy|release|publish|ship)[\w.-]*\.(sh|bash|mjs|js|ts|ps1)$|(^|\/)\.github\/workflows\/[\w.-]*\.ya?ml$|(^|\/)(Makefile|justfile|Taskfile\.ya?ml)$/i;

/** Stacks for tests, developers and an editor are started by hand or by CI, never deployed. */
const NOT_DEPLOYED =
  /(^|\/)(\.devcontainer|_?dev|development|cypress|e2e|playwright|__tests__|tests?|testing)\//;

interface Mention {
  readonly script: string;
  readonly line: number;
  /** Where the command starts: a backslash carries it on to the next line. */
  readonly command: string;
  readonly at: number;
  readonly target: string;
}

/** Finds the Compose files and reads the deploy scripts for the one they start. */
export function discoverCompose(repo: Repo): readonly ComposeFile[] {
  const paths = repo
    .find(/compose[^/]*\.ya?ml$/i)
    .filter((path) => COMPOSE_NAME.test(basename(path)) && !NOT_DEPLOYED.test(path));
  if (paths.length === 0) return [];
  const mentions = repo.find(DEPLOY_SCRIPT).flatMap((script) => mentionsIn(repo, script, paths));
  return paths.map((path) => {
    const own = mentions.filter(({ target }) => target === path);
    const commands = new Map(own.map(({ command, at }) => [command, at]));
    const [mention] = own;
    if (mention)
      return { path, deployed: 'yes', evidence: `named by ${mention.script}:${mention.line}`, commands };
    const other = mentions[0];
    if (other)
      return {
        path,
        deployed: 'no',
        evidence: `${other.script}:${other.line} names ${other.target} instead`,
        commands,
      };
    const evidence = 'no deploy script or workflow names a Compose file';
    return { path, deployed: 'unknown', evidence, commands };
  });
}

function mentionsIn(repo: Repo, script: string, paths: readonly string[]): Mention[] {
  const text = repo.scan(script) ?? '';
  if (!/compose/i.test(text)) return [];
  return [...text.matchAll(COMPOSE_MENTION)]
    .filter((match) => !isProse(lineAround(text, match.index)) && isDeploying(script, text, match.index))
    .flatMap((match) => {
      const target = resolveMention(script, match[0], paths);
      if (target === undefined) return [];
      const { line } = positionAt(text, match.index);
      const command = `${script}:${positionAt(text, startOfCommand(text, match.index)).line}`;
      return [{ script, line, command, at: match.index, target }];
    });
}

function startOfCommand(text: string, offset: number): number {
  const [lines = ''] = /(?:[^\n]*\\\r?\n)*[^\n]*$/.exec(text.slice(0, offset)) ?? [];
  return offset - lines.length;
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset) + 1, end === -1 ? text.length : end);
}

/** A comment, an echo or a cleanup names the file without deploying it. */
function isProse(line: string): boolean {
  return (
    /^\s*(#|\/\/|echo\b|printf\b|info\b|warn\b|error\b|console\.)/.test(line) ||
    /\b(down|config|build --check|logs)\b\s*$/.test(line)
  );
}

/** Words by which people call what puts a stack into service. */
const DEPLOYS = /deploy|release|prod|ship|publish|deliver|rollout|(^|[^a-z])(cd|up|vps|server)([^a-z]|$)/i;

/** A command that starts a stack or carries its file to a server, not a path that triggers a workflow. */
const STARTS = /compose\s|COMPOSE_FILE|\bscp\b|\brsync\b|\bsource:/;

/** Words by which people call a job that starts a stack to try it. */
const TRIES = /test|e2e|smoke|lint|check|verify|migration|(^|[^a-z])(ci|build)([^a-z]|$)/i;

/**
 * A workflow or a Makefile does many things: in a workflow whose name says that it deploys a command counts, unless
 * its job only tries the stack; in a Makefile the target's name tells.
 */
function isDeploying(script: string, text: string, offset: number): boolean {
  if (/\.github\/workflows\//.test(script)) {
    const title = `${basename(script)} ${/^name:(.*)$/m.exec(text)?.[1] ?? ''}`;
    const job = jobAround(text, offset);
    return (
      STARTS.test(lineAround(text, offset)) &&
      DEPLOYS.test(title) &&
      (/deploy|release/i.test(job) || !TRIES.test(job))
    );
  }
  if (!/(^|\/)(Makefile|justfile)$/.test(script)) return true;
  const target = [...text.slice(0, offset).matchAll(/^([\w.-]+)[^:=\n]*:(?!=)/gm)].at(-1)?.[1];
  return target === undefined || DEPLOYS.test(target);
}

/** The key of the job that an offset of a workflow stands in. */
function jobAround(text: string, offset: number): string {
  const jobs = Math.max(0, text.search(/^jobs:/m));
  return [...text.slice(jobs, offset).matchAll(/^(?: {2}|\t)([\w-]+):\s*$/gm)].at(-1)?.[1] ?? '';
}

/** `${DIR}/infra/x.yml` and `infra/x.yml` from any working folder: the listed path that ends with the mention. */
function resolveMention(script: string, mention: string, paths: readonly string[]): string | undefined {
  const known = mention.replace(/^.*\$\{?\w+\}?\/?/, '').replace(/^(\.{1,2}\/)+/, '');
  const beside = join(dirname(script), known);
  if (paths.includes(known)) return known;
  if (paths.includes(beside)) return beside;
  const matches = paths.filter((path) => path.endsWith(`/${known}`));
  return matches.length === 1 ? matches[0] : undefined;
}
