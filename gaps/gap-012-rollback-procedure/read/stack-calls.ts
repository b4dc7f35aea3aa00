import type { Repo } from '../../../src/contract.ts';
import { linesOf } from '../../../src/edit/text.ts';
import { type ComposeCommand, composeCommands } from '../../../src/read/deploy/compose-commands.ts';
import { wordsFrom } from '../../../src/read/deploy/shell-words.ts';

/** One thing that a script has Compose do: by a call of its own, or through a function that hands its words on. */
export interface StackCall {
  /** Where the statement's first word stands. */
  readonly at: number;
  readonly verb: string;
  readonly services: readonly string[];
  /** The call that runs in the end. */
  readonly command: ComposeCommand;
}

/** What a script has Compose do, in the order of its lines. */
export function stackCalls(repo: Repo, script: string): readonly StackCall[] {
  const text = repo.text(script);
  return composeCommands(repo)
    .filter((command) => command.script === script)
    .flatMap((command) => {
      const { command: verb, at, services } = command;
      if (verb !== undefined) return [{ at, verb, services, command }];
      const wrapper = wrapperAround(text, at);
      return wrapper === undefined ? [] : usesOf(text, wrapper, command);
    })
    .sort((a, b) => a.at - b.at);
}

/** The function in whose body a call stands: `in_stack() { docker compose … "$@"; }`. */
function wrapperAround(text: string, at: number): string | undefined {
  const before = text.slice(0, at);
  const begun = [
    ...before.matchAll(
      /^[ \t]{0,40}(?:function[ \t]{1,20})?([\w-]{1,80})[ \t]{0,20}(?:\(\))?[ \t]{0,20}\{/gm,
    ),
  ].at(-1);
  return begun === undefined || /^\}/m.test(before.slice(begun.index)) ? undefined : begun[1];
}

function usesOf(text: string, wrapper: string, command: ComposeCommand): readonly StackCall[] {
  return linesOf(text).flatMap((line): StackCall[] => {
    const at = line.start + line.text.length - line.text.trimStart().length;
    const [name, ...words] = wordsFrom(text, at).map(({ raw }) => raw);
    const verb = words.find((word) => !word.startsWith('-'));
    if (name !== wrapper || verb === undefined) return [];
    const services = words
      .slice(words.indexOf(verb) + 1)
      .filter((word) => /^\w[\w.-]*$/.test(word) && !/^\d+$/.test(word));
    return [{ at, verb, services, command }];
  });
}
