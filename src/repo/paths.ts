/** Joins path parts with slashes; '' is the root and vanishes. */
export function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** The folder of a path, '' for the root. */
export function dirname(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether the path stands in the folder, at any depth. Everything stands in ''. */
export function isInside(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Resolves `./` and `../` of a path against a folder; undefined when it leaves the root. */
export function resolve(folder: string, path: string): string | undefined {
  const parts: string[] = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
