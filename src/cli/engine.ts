import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 compile a pattern when it is first run. By default the first run of a short text is interpreted and the
 * second one compiled, which pays for patterns that are run once or twice; here nearly every pattern is run over all
 * paths of a repository. Patterns keep the number that they were made under, so those that ran before are not touched
 * (V8: JSRegExp::MarkedForTierUp). Saves a sixteenth of an audit.
 */
export function compileRegExpsAtOnce(): void {
  setFlagsFromString('--regexp-tier-up-ticks=0');
}
