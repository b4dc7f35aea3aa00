import picomatch from 'picomatch';

/** Whether a gap that declares these patterns may write a path. A line break is a character of a name like others. */
export function matcherOf(writes: readonly string[]): (path: string) => boolean {
  return picomatch([...writes], { dot: true, flags: 's' });
}
