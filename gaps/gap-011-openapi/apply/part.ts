import type { Finding, Fix } from '../../../src/contract.ts';
import type { Code } from '../detect.ts';

/** A fix, and the findings that it closes. */
export interface Part extends Fix {
  readonly closes: readonly Finding<Code>[];
}
