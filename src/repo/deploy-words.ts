import { basename } from './paths.ts';

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset) + 1, end === -1 ? text.length : end);
}

/** Functions by which scripts talk to people. */
const SAYS = /print|log|info|warn|err|success|status|msg|message|note|usage|help|hint/i;

/** A word, and a text behind it that has not ended. */
const SAID = /^[\s@-]*(\w+)\s+(["'`])(?:(?!\2)[^\n])*$/;

/** A comment, an echo or a text names the file without deploying it. */
export function isProse(text: string, offset: number): boolean {
  const line = lineAround(text, offset);
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return (
    /^[\s@-]*(#|\/\/|\*|(?:echo|printf|info|warn|error)\b|console\.|Write-(?:Host|Output)\b)/.test(line) ||
    SAYS.test(SAID.exec(before)?.[1] ?? '') ||
    isPrinted(text, offset)
  );
}

/** A text of several lines that is written somewhere, not handed to a shell. */
function isPrinted(text: string, offset: number): boolean {
  let opened: { readonly word: string; readonly runs: boolean } | undefined;
  for (const line of text.slice(0, text.lastIndexOf('\n', offset) + 1).split('\n')) {
    if (opened) opened = line.trim() === opened.word ? undefined : opened;
    else {
      const word = /<<-?\s*(["']?)(\w+)\1/.exec(line)?.[2];
      if (word !== undefined) opened = { word, runs: /\b(?:ssh|bash|sh|zsh|docker|kubectl)\b/.test(line) };
    }
  }
  return opened !== undefined && !opened.runs;
}

/** What a command does with a stack: the first of these words behind the file. */
const VERBS =
  /\s(up|run|start|restart|create|exec|pull|cp|deploy|down|stop|rm|kill|config|convert|build|push|logs|ps|images|top|version)\b/;

const STARTING = /^(?:up|run|start|restart|create|exec|pull|cp|deploy)$/;

/** A variable, a copy and an `up` put a file into service; `build`, `down` and `logs` do not. */
export function isStarting(text: string, offset: number): boolean {
  const command = /^(?:[^\n\\]|\\\r?\n|\\.)*/.exec(text.slice(offset))?.[0] ?? '';
  const [own = ''] = command.split(/&&|\|\||[;|]/);
  const verb = VERBS.exec(own)?.[1];
  return verb === undefined || STARTING.test(verb);
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
export function isDeploying(script: string, text: string, offset: number): boolean {
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
  const target = [...text.slice(0, offset).matchAll(/^([\w.-]+)(?![\w.-])[^:=\n]{0,500}:(?!=)/gm)].at(
    -1,
  )?.[1];
  return target === undefined || DEPLOYS.test(target);
}

/** The key of the job that an offset of a workflow stands in. */
function jobAround(text: string, offset: number): string {
  const jobs = Math.max(0, text.search(/^jobs:/m));
  return [...text.slice(jobs, offset).matchAll(/^(?: {2}|\t)([\w-]+):\s*$/gm)].at(-1)?.[1] ?? '';
}
