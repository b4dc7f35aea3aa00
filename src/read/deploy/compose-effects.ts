import { escaped } from '../../repo/escaped.ts';
import { basename } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { isCalled } from './compose-heads.ts';
import { type ShellVariable, type ShellWord, wordsFrom } from './shell-words.ts';

/** Scripts that may call Compose. */
export const SCRIPT = /(^|\/)[\w.-]+\.(?:sh|bash)$/;

const CREATES = /^(?:up|build|create|run)$/;

/** A script as it is read: comments blanked, with the variables that it sets. */
export interface Script {
  readonly script: string;
  readonly text: string;
  readonly variables: readonly ShellVariable[];
}

/** Lines of comments blanked out, offsets kept. */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length));
}

interface Effect {
  readonly command: string | undefined;
  readonly creates: boolean;
  readonly services: readonly string[];
}

/** What a call does; `"$@"` of a function stands for what the function is called with. */
export function effectOf(repo: Repo, from: Script, at: number, rest: readonly ShellWord[]): Effect {
  // `${FLAGS}` before the command holds options.
  const words = rest.map(({ raw }) => raw);
  const first = words.findIndex((raw) => /^"?\$[@*]|^\w[\w-]*$/.test(raw));
  const command = words[first];
  if (command === undefined) return { command, creates: false, services: [] };
  if (/^\w/.test(command)) {
    const services = servicesIn(command, words.slice(first + 1));
    return { command, creates: CREATES.test(command), services };
  }
  const wrapper = functionAround(from.text.slice(0, at));
  const uses = wrapper === undefined ? [] : usesOf(repo, from, wrapper);
  const all = uses.some(({ services }) => services.length === 0);
  return {
    command: undefined,
    creates: uses.length > 0,
    services: all ? [] : uses.flatMap(({ services }) => services),
  };
}

/** `up -d web`, `run --rm certbot renew`: the services named; what a variable may hold is not known, so that none is. */
function servicesIn(command: string, words: readonly string[]): readonly string[] {
  const named = words.filter((raw) => !raw.startsWith('-') && !/^\d+$/.test(raw));
  if (command === 'run') return named.slice(0, 1);
  return named.some((raw) => raw.includes('$')) ? [] : named;
}

/** The uses of a function that create something, in its own script and in those that read it in. */
function usesOf(repo: Repo, from: Script, wrapper: string): readonly Effect[] {
  const uses = new RegExp(
    String.raw`(?<![\w./$-])${escaped(wrapper)}[ \t]+(?:-\S+[ \t]+)*(up|build|create|run)\b`,
    'g',
  );
  const others = repo
    .find(SCRIPT)
    .filter((path) => path !== from.script && repo.mentions(path, basename(from.script)))
    .map((path) => withoutComments(repo.text(path)));
  return [from.text, ...others].flatMap((text) =>
    [...text.matchAll(uses)]
      .filter(({ index }) => isCalled(text, index))
      .map((match): Effect => {
        const [whole, command = ''] = match;
        const words = wordsFrom(text, match.index + whole.length).map(({ raw }) => raw);
        return { command, creates: true, services: servicesIn(command, words) };
      }),
  );
}

/** The function whose body has begun and not ended. */
function functionAround(before: string): string | undefined {
  const begun = [
    ...before.matchAll(/^[ \t]*(?:function[ \t]+([\w-]+)(?:[ \t]*\(\))?|([\w-]+)[ \t]*\(\))[ \t]*\{/gm),
  ].at(-1);
  if (begun === undefined || /^\}/m.test(before.slice(begun.index))) return undefined;
  return begun[1] ?? begun[2];
}
