import { escaped } from '../../repo/escaped.ts';
import { isInside } from '../../repo/paths.ts';
import type { Store } from './store.ts';
import { CARRIES, DUMPS, KINDS, type Kind, WHOLE } from './tables.ts';

/** The kinds of data that a text takes. */
export function kindsTaken(text: string): ReadonlySet<Kind> {
  if (WHOLE.test(text)) return new Set(KINDS);
  return new Set(DUMPS.filter(([, tool]) => countOf(tool, text) > 0).map(([kind]) => kind));
}

/**
 * The stores that a text takes copies of. Of several of one kind those that it names, or that stand in the package
 * that it is a part of; where it names none, as many as it makes copies. A text that looks for what there is takes all.
 */
export function storesTaken(text: string, path: string, stores: readonly Store[]): readonly Store[] {
  const kinds = kindsTaken(text);
  const isWhole = WHOLE.test(text);
  return [...kinds].flatMap((kind) => {
    const candidates = stores.filter((store) => store.kind === kind);
    if (candidates.length < 2 || LOOKS.test(text)) return candidates;
    const named = candidates.filter(({ words }) => words.some((word) => isNamed(text, word)));
    if (named.length > 0) return named;
    const own = candidates.filter((store) => isOfOnePackage(store, path));
    if (own.length > 0) return own;
    return isWhole ? candidates : candidates.slice(0, copiesIn(kind, text));
  });
}

/** Asks Docker for containers or volumes, or the disk for databases: what is added later is copied as well. */
const LOOKS =
  /\bdocker (?:compose |container )?(?:ps|ls)\b|\bdocker volume ls\b|\bfind [^\n]{0,200}-i?name ['"]?\*\.(?:db|sqlite3?)\b|SQLite format 3/;

/** A word of one letter is everybody's. */
function isNamed(text: string, word: string): boolean {
  return word.length > 1 && new RegExp(`(?<![\\w-])${escaped(word)}(?![\\w-])`).test(text);
}

/** The package that a store stands in is the second of its words' folders: code beside it takes its own. */
function isOfOnePackage({ service, words }: Store, path: string): boolean {
  return service === undefined && words.some((word) => isInside(word, path));
}

function copiesIn(kind: Kind, text: string): number {
  const tool = DUMPS.find(([each]) => each === kind)?.[1];
  return tool ? countOf(tool, text) : 0;
}

function countOf(tool: RegExp, text: string): number {
  return [...text.matchAll(tool)].length;
}

/** What says where a dump is put: `pg_dump … > x.sql`, `-f x`, `VACUUM INTO 'x'`, `.backup x`, `tar -czf x`. */
const TARGET = String.raw`(?:\b(?:\w{0,40}dump\w{0,40}|gzip|pigz|zstd|xz|gpg|openssl|tar|sqlite3|redis-cli|cat)\b[^\n]{0,300}?(?<![=-])>{1,2}|(?:\s|['"])(?:-f|--file|--out|--archive|--result-file)(?:['"],)?[ =]|\bINTO\s|\.backup[\s(]|-c?z?c?f\b|\btee\b)[ \t]*["'\x60]{0,3}`;
const SCRATCH = String.raw`(?:\/var)?\/tmp\/`;
const TO_SCRATCH = new RegExp(`${TARGET}${SCRATCH}|\\bmktemp\\b`, 'i');
const TO_ELSEWHERE = new RegExp(
  `${TARGET}(?!${SCRATCH}|/dev/|&|\\$\\{?\\w{0,40}te?mp\\w{0,40}\\b)[\\w./$~]`,
  'i',
);
const MOVES = /^[ \t]*(?:mv|cp|install)[ \t][^\n]*$/m;

/** Whether what is dumped goes with the machine or the folder that it is dumped to: nothing carries it away. */
export function isLost(path: string, text: string): boolean {
  if (CARRIES.test(text)) return false;
  // The disk of a runner is gone after the job.
  if (/(^|\/)\.github\/workflows\/|(^|\/)\.gitlab-ci\.ya?ml$/.test(path)) return true;
  const filled = withValues(text);
  return TO_SCRATCH.test(filled) && !TO_ELSEWHERE.test(filled) && !MOVES.test(filled);
}

/** `OUT=/tmp/dump.sql` and `"$OUT"`: variables that are set once are filled in. */
function withValues(text: string): string {
  const values = new Map(
    [
      ...text.matchAll(
        /^[ \t]*(?:export[ \t]+|local[ \t]+|const |let )?(\w+)[ \t]?=[ \t]?["'`]?([^\s"'`;]+)/gm,
      ),
    ].map(([, name = '', value = '']) => [name, value] as const),
  );
  const once = (each: string) =>
    each.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => values.get(name) ?? whole);
  return once(once(text));
}
