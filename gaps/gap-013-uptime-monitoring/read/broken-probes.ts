import type { Repo } from '../../../src/contract.ts';
import { escaped } from '../../../src/read/code/escaped.ts';

/** A probe that ends where it should count. */
export interface BrokenProbe {
  readonly path: string;
  readonly at: number;
  readonly command: string;
}

const SCRIPT = /\.(?:sh|bash)$/i;
const PROBE = /(^|\/)[\w-]*(?:health|uptime|monitor|status|ping|smoke)[\w-]*\.\w+$/i;

/**
 * `((n++))` is false while n is 0, so `set -e` ends the script at its first success
 * (gnu.org/software/bash/manual: "The Set Builtin", "Conditional Constructs").
 */
export function brokenProbes(repo: Repo): readonly BrokenProbe[] {
  return repo.find(SCRIPT).flatMap((path): BrokenProbe[] => {
    if (!PROBE.test(path)) return [];
    const text = repo.peek(path) ?? '';
    if (!/^[ \t]*set\s+-\w*e|^#!.*\bbash\s+-\w*e/m.test(text)) return [];
    const found = /^[ \t]*(\(\(\s*(\w+)\+\+\s*\)\))[ \t]*$/m.exec(text);
    const startsAtZero =
      found !== null &&
      new RegExp(`^[ \\t]*(?:local |declare -i )?${escaped(found[2] ?? '')}=["']?0`, 'm').test(text);
    if (!found || !startsAtZero) return [];
    return [{ path, at: found.index + found[0].indexOf('(('), command: found[1] ?? '' }];
  });
}
