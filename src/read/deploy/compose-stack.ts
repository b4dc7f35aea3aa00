import type { StackService } from './service-roles.ts';
import type { Stack } from './stacks.ts';

/** Compose files that one command reads together, with the services that they make. */
export interface ComposeStack {
  /** Lowest first. */
  readonly files: Stack;
  /** These, and the files that they include. */
  readonly paths: readonly string[];
  /** False where an included file is not in the repository. */
  readonly isWhole: boolean;
  /** Each once, with all that the files say of it. */
  readonly services: readonly StackService[];
}
