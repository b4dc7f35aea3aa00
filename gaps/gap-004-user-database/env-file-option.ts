import type { Edit, Repo, Span } from '../../src/contract.ts';
import { insertion } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { type ComposeCommand, composeCommands } from '../../src/read/compose-commands.ts';
import { basename, dirname } from '../../src/repo/paths.ts';
import type { Blank } from './blank-environment.ts';

/** Calls that have nothing to do with a stack. */
const ALOOF = /^(?:version|ls|help)$/;

/** `--env-file` for every call of the scripts that deploy a stack; undefined where one of them cannot be edited. */
export function envFileEdits(repo: Repo, blanks: readonly Blank[]): readonly Edit[] | undefined {
  const commands = blanks.flatMap(({ deployed }) => deployed.commands);
  const stacks = new Set(blanks.map(({ deployed }) => deployed.path));
  const files = [...new Set(blanks.map(({ file }) => file))];
  const edits: Edit[] = [];
  for (const script of new Set(commands.map(({ script }) => script))) {
    const calls = composeCommands(repo).filter(
      (call) =>
        call.script === script &&
        call.files.some((path) => stacks.has(path)) &&
        !ALOOF.test(call.command ?? ''),
    );
    const spans = calls.map((call) => optionFor(call, files));
    const known = spans.flatMap((span) => span ?? []);
    if (known.length < spans.length) return undefined;
    edits.push(splice(repo, script, known));
  }
  return edits;
}

/** Nothing where the call names them already; in front of others, which have the last word. */
function optionFor(call: ComposeCommand, all: readonly string[]): readonly Span[] | undefined {
  if (call.envFiles === 'unknown') return undefined;
  const files = all.filter((file) => !call.envFiles?.includes(file));
  if (files.length === 0) return [];
  const words = files.flatMap((file) => wordFor(call, file) ?? []);
  if (call.isQuoted || words.length < files.length) return undefined;
  return [insertion(call.options, words.map((word) => ` --env-file ${word}`).join(''))];
}

/** The env file in the script's own words: its variable for it, or a path made as that of the Compose file is. */
function wordFor(call: ComposeCommand, file: string): string | undefined {
  const { fileWord, files, variables, pathsOf } = call;
  const known = [...variables.keys()].find((name) => pathsOf(`$${name}`)[0] === file);
  const style = /^("?)\$(\{?)\w+(\}?)("?)$/.exec(fileWord ?? '"$x"');
  if (known !== undefined) {
    const [, , open = '', close = ''] = style ?? [];
    return `"$${open}${known}${close}"`;
  }
  const [stack = ''] = files;
  const isBeside = dirname(stack) === dirname(file);
  if (fileWord === undefined) return isBeside ? basename(file) : undefined;
  if (style)
    return isBeside
      ? `"$(dirname ${fileWord.startsWith('"') ? fileWord : `"${fileWord}"`})/${basename(file)}"`
      : undefined;
  if (isBeside) return replaceEnd(fileWord, basename(stack), basename(file));
  return replaceEnd(fileWord, stack, file);
}

function replaceEnd(word: string, end: string, instead: string): string | undefined {
  const [, path = '', quote = ''] = /^(.*?)(["']?)$/s.exec(word) ?? [];
  return path.endsWith(end) ? `${path.slice(0, -end.length)}${instead}${quote}` : undefined;
}
