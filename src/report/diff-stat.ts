/** What a unified diff does to one file. */
export interface FileStat {
  readonly path: string;
  readonly change: 'create' | 'change' | 'delete';
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** What unified diffs do, in numbers. */
export interface DiffStat {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** Files and lines of a diff; of several in sequence, a file that more than one touches counts once. */
export function diffStat(diff: string): DiffStat {
  const files = diffFiles(diff);
  const changes = new Map<string, FileStat['change'] | 'none'>();
  for (const { path, change } of files) changes.set(path, merged(changes.get(path), change));
  const count = (wanted: string) => [...changes.values()].filter((change) => change === wanted).length;
  return {
    created: count('create'),
    changed: count('change'),
    deleted: count('delete'),
    added: files.reduce((sum, { added }) => sum + added, 0),
    removed: files.reduce((sum, { removed }) => sum + removed, 0),
  };
}

/** Created and then deleted is nothing; deleted and then created again is a change. */
function merged(first: FileStat['change'] | 'none' | undefined, next: FileStat['change']) {
  if (first === undefined || first === 'none') return next;
  if (first === 'create') return next === 'delete' ? 'none' : 'create';
  return next === 'create' ? 'change' : next;
}

type Counting = { -readonly [Key in keyof FileStat]: FileStat[Key] };

/** How far a line of a hunk leads in the old file and in the new one. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = { '+': [0, 1], '-': [1, 0], ' ': [1, 1] };

/** The files of a diff with git headers, in its order. Hunks are counted through: a line may look like a header. */
export function diffFiles(diff: string): readonly FileStat[] {
  const files: Counting[] = [];
  let [oldLeft, newLeft] = [0, 0];
  for (const line of diff.split('\n')) {
    const file = files.at(-1);
    if (file && (oldLeft > 0 || newLeft > 0)) {
      const [inOld, inNew] = STEPS[line.slice(0, 1)] ?? [0, 0];
      file.removed += inNew === 0 ? inOld : 0;
      file.added += inOld === 0 ? inNew : 0;
      oldLeft -= inOld;
      newLeft -= inNew;
    } else if (line.startsWith('diff --git ')) {
      files.push({ path: pathOf(line), change: 'change', added: 0, removed: 0 });
    } else {
      if (file) readHeader(file, line);
      [oldLeft, newLeft] = hunkLengths(line);
    }
  }
  return files;
}

function readHeader(file: Counting, line: string): void {
  if (line.startsWith('new file mode ')) file.change = 'create';
  if (line.startsWith('deleted file mode ')) file.change = 'delete';
}

function hunkLengths(line: string): [number, number] {
  const match = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
  return match ? [Number(match[1] ?? 1), Number(match[2] ?? 1)] : [0, 0];
}

/** The path of `diff --git a/path b/path`: both sides are the same, so the middle blank is where they part. */
function pathOf(header: string): string {
  const names = header.slice('diff --git '.length);
  const name = names.slice((names.length + 1) / 2);
  return (name.startsWith('"') ? unquote(name) : name).slice('b/'.length);
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Undoes git's quoting of a name. */
function unquote(name: string): string {
  const bytes = Array.from(name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\])/g), (match) => {
    const [, octal, short = '', plain = ''] = match;
    if (octal !== undefined) return Number.parseInt(octal, 8);
    return ESCAPES[short] ?? (short || plain).charCodeAt(0);
  });
  return Buffer.from(bytes).toString('utf8');
}
