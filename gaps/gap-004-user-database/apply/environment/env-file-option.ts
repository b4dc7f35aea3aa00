import type { Edit, Repo } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { type ComposeCommand, composeCommands } from '../../../../src/read/deploy/compose-commands.ts';
import { basename, dirname } from '../../../../src/repo/paths.ts';
import type { Blank } from '../../read/blank-environment.ts';
import { checksOf, type Deployment } from './deploy-checks.ts';
import { guardFor, type HandedFile } from './deploy-guard.ts';
import { printedSpans, shownEdits } from './printed-commands.ts';

/** Calls that have nothing to do with a stack. */
const ALOOF = /^(?:version|ls|help)$/;

/** Scripts that name the env file from now on. */
export interface NamedFile {
  readonly edits: readonly Edit[];
  /** Those that check first what Compose finds from now on. */
  readonly guarded: readonly string[];
  /** Those with no safe place for that check. */
  readonly unguarded: readonly string[];
}

/** `--env-file` for every call of the scripts that deploy a stack; undefined where one of them cannot be edited. */
export function envFileEdits(
  repo: Repo,
  blanks: readonly Blank[],
  deployment: Deployment,
): NamedFile | undefined {
  const commands = blanks.flatMap(({ deployed }) => deployed.commands);
  const stacks = new Set(blanks.map(({ deployed }) => deployed.path));
  const files = [...new Set(blanks.map(({ file }) => file))];
  const edits: Edit[] = [];
  const guarded: string[] = [];
  const unguarded: string[] = [];
  for (const script of new Set(commands.map(({ script }) => script))) {
    const calls = composeCommands(repo).filter(
      (call) =>
        call.script === script &&
        call.files.some((path) => stacks.has(path)) &&
        !ALOOF.test(call.command ?? ''),
    );
    const handed = calls.map((call) => handedTo(call, files));
    const known = handed.flatMap((each) => each ?? []);
    if (handed.some((each) => each === undefined)) return undefined;
    const guard = guardFor(repo, known, (file) => checksOf(repo, blanks, file, deployment));
    if (guard === undefined) unguarded.push(script);
    else if (guard.length > 0) guarded.push(script);
    const shown = printedSpans(repo.text(script), known);
    edits.push(splice(repo, script, [...optionSpans(known), ...shown, ...(guard ?? [])]));
  }
  edits.push(
    ...[...stacks].flatMap((stack) => files.slice(0, 1).flatMap((file) => shownEdits(repo, stack, file))),
  );
  return { edits, guarded, unguarded };
}

function optionSpans(handed: readonly HandedFile[]) {
  return handed.map(({ call, word }) => insertion(call.options, ` --env-file ${word}`));
}

/** Nothing where the call names them already; in front of others, which have the last word. */
function handedTo(call: ComposeCommand, all: readonly string[]): readonly HandedFile[] | undefined {
  if (call.envFiles === 'unknown') return undefined;
  const files = all.filter((file) => !call.envFiles?.includes(file));
  if (files.length === 0) return [];
  const handed = files.flatMap((file) => {
    const word = wordFor(call, file);
    return word === undefined ? [] : [{ call, file, word }];
  });
  return call.isQuoted || handed.length < files.length ? undefined : handed;
}

/** The env file in the script's own words: its variable for it, or a path made as that of the Compose file is. */
function wordFor(call: ComposeCommand, file: string): string | undefined {
  const { fileWord, files, variables, exports, pathsOf } = call;
  const known = [...variables.keys()].find((name) => pathsOf(`$${name}`)[0] === file);
  const style = /^("?)\$(\{?)\w+(\}?)("?)$/.exec(fileWord ?? '"$x"');
  if (known !== undefined) {
    const [, , open = '', close = ''] = style ?? [];
    return `"$${open}${known}${close}"`;
  }
  const [stack = ''] = files;
  const isBeside = dirname(stack) === dirname(file);
  // Without `-f` Compose found the stack in the folder that it is called in.
  if (fileWord === undefined)
    return isBeside && !exports.values.has('COMPOSE_FILE') ? basename(file) : undefined;
  const replaced = isBeside
    ? replaceEnd(fileWord, basename(stack), basename(file))
    : replaceEnd(fileWord, stack, file);
  if (replaced !== undefined || !isBeside) return replaced;
  const quoted = fileWord.startsWith('"') ? fileWord : `"${fileWord}"`;
  return `"$(dirname ${quoted})/${basename(file)}"`;
}

function replaceEnd(word: string, end: string, instead: string): string | undefined {
  const [, path = '', quote = ''] = /^(.*?)(["']?)$/s.exec(word) ?? [];
  return path.endsWith(end) ? `${path.slice(0, -end.length)}${instead}${quote}` : undefined;
}
