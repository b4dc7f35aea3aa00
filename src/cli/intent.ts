import type { Gap } from '../contract.ts';
import type { GapPlan } from '../runner/results.ts';
import type { Change } from '../transaction/types.ts';
import type { OptionFlags, Selection } from './globals.ts';
import type { Target } from './target.ts';

/** What `apply` was told. */
export interface ApplyFlags extends Selection, OptionFlags {
  /** Writes without asking. */
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** Writes on top of uncommitted changes. */
  readonly allowDirty?: boolean;
  /** One commit a gap. */
  readonly commit?: boolean;
  /** One transaction a gap; what fails is rolled back and the others go on. */
  readonly keepGoing?: boolean;
}

/** What is to be written: planned now, or read from a saved plan. */
export interface Intent {
  readonly target: Target;
  readonly gaps: readonly Gap[];
  readonly plans: readonly GapPlan[];
  readonly changes: readonly Change[];
  readonly all: boolean;
}
