import type { Check } from '../../src/contract.ts';
import type { Docs } from './read.ts';

/** Another angle than detect, for which a file that is there is enough. */
export function headingCheck({ path, text }: Docs): Check {
  return {
    title: 'The example has a heading',
    level: 'static',
    run: () =>
      text?.startsWith('# ')
        ? { verdict: 'pass', evidence: [{ subject: path, observed: 'starts with a heading' }] }
        : { verdict: 'fail', reason: `${path} has no heading` },
  };
}
