import { SourceError } from '../errors.ts';

/**
 * Runs a parser that descends by calls of its own: a text that is nested without end exhausts the stack, which is the
 * text's fault and not ours.
 */
export function withinStack<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(path);
    throw error;
  }
}

/** What is said of a text that nobody wrote by hand. */
export function tooDeep(path: string): SourceError {
  return new SourceError(path, 'is nested too deeply to be read');
}
