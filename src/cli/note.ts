import { visible } from '../words/visible.ts';
import type { Io } from './io.ts';

/** One line on stderr beside the result. Names in it come from the repository, and are shown, not obeyed. */
export function note({ stderr }: Pick<Io, 'stderr'>, text: string): void {
  stderr.write(`note: ${visible(text)}\n`);
}
