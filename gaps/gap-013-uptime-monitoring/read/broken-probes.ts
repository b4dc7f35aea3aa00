import type { Repo } from '../../../src/contract.ts';

/** A probe that ends where it should count. */
export interface BrokenProbe {
  readonly path: string;
  readonly at: number;
  readonly command: string;
  /** All counts of the script that end it so, with the variable of each. */
  readonly counts: readonly { readonly start: number; readonly end: number; readonly name: string }[];
}

const COUNT = /^([ \t]*)(\(\(\s*(\w+)\+\+\s*\)\))[ \t]*$/gm;

const SCRIPT = /\.(?:sh|bash)$/i;
/** Scripts that are called after asking whether something is well. */
export const PROBE = /(^|\/)[\w-]*(?:health|uptime|monitor|status|ping|smoke)[\w-]*\.\w+$/i;

/**
 * `((n++))` is false while n is 0, so `set -e` ends the script at its first success
 * (gnu.org/software/bash/manual: "The Set Builtin", "Conditional Constructs").
 */
export function brokenProbes(repo: Repo): readonly BrokenProbe[] {
  return repo.find(SCRIPT).flatMap((path): BrokenProbe[] => {
    if (!PROBE.test(path)) return [];
    const text = repo.peek(path) ?? '';
    if (!/^[ \t]*set\s+-\w*e|^#!.{0,200}\bbash\s+-\w*e/m.test(text)) return [];
    const zeros = new Set(
      [...text.matchAll(/^[ \t]{0,40}(?:local |declare -i )?(\w{1,80})=["']?0/gm)].map(([, name]) => name),
    );
    const counts = [...text.matchAll(COUNT)].flatMap(
      ({ index, 1: blanks = '', 2: command = '', 3: name = '' }) => {
        const start = index + blanks.length;
        return zeros.has(name) ? [{ start, end: start + command.length, name }] : [];
      },
    );
    const [first] = counts;
    return first ? [{ path, at: first.start, command: text.slice(first.start, first.end), counts }] : [];
  });
}
