import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/** The words that a command line may start with. */
export const COMMANDS: readonly string[] = [
  'audit',
  'list',
  'explain',
  'verify',
  'plan',
  'apply',
  'undo',
  'history',
  'recover',
  'doctor',
  'help',
];

/** What people type for a command of another name. */
const MEANT: Readonly<Record<string, string>> = {
  fix: 'apply',
  '--fix': 'apply',
  check: 'verify',
  test: 'verify',
  diff: 'plan',
  show: 'explain',
  status: 'audit',
  scan: 'audit',
  report: 'audit',
  revert: 'undo',
  rollback: 'undo',
};

/** Options that take a value, so that the value is not read as a command. */
const VALUED = new Set([
  '--repo',
  '--config',
  '--app',
  '--compose',
  '--reporter',
  '--gap',
  '--priority',
  '--option',
  '--fail-on',
  '--out',
  '--level',
  '--evidence',
  '--base',
  '--minutes',
]);

/**
 * Fills in the verb that the short forms leave out: `aims-fix` is `audit`, `aims-fix --gap X` is `apply --gap X`.
 * @throws UsageError for a dash that is no hyphen, which would otherwise turn `–-dry-run` into a real run.
 */
export function withVerb(argv: readonly string[]): readonly string[] {
  for (const argument of argv) {
    if (/^[\u2010-\u2015\u2212]/.test(argument)) {
      const meant = argument.replace(/^[-\u2010-\u2015\u2212]+/, '--');
      throw new UsageError(`${argument} starts with a dash that is not a hyphen`, `Did you mean ${meant}?`);
    }
  }
  requireValues(argv);
  if (argv.some((argument) => ['--help', '-h', '--version', '-V'].includes(argument))) return argv;
  if (argv.includes('-v')) return ['--version'];
  const word = firstWord(argv);
  if (word !== undefined && NAMES_GAPS.test(word)) return ['audit', ...argv];
  requireMeant(word ?? argv.find((argument) => argument === '--fix'));
  if (word !== undefined) return argv;
  const selects = argv.some((argument) => /^--(gap|priority|all)(=|$)/.test(argument));
  return [selects ? 'apply' : 'audit', ...argv];
}

/** `3`, `P0,16` and ids: gaps without a verb. */
const NAMES_GAPS = /^(?:(?:gap[-_ ]?)?\d{1,3}|p[0-3])(?:,|$)/i;

function requireMeant(word: string | undefined): void {
  const meant = word === undefined ? undefined : MEANT[word];
  if (meant !== undefined) throw new UsageError(`there is no ${word}`, `Did you mean: aims-fix ${meant}?`);
}

/** The first argument that is neither an option nor the value of one. */
function firstWord(argv: readonly string[]): string | undefined {
  return argv.find((argument, index) => {
    const before = argv[index - 1];
    return !argument.startsWith('-') && !(before !== undefined && takesValue(before));
  });
}

/**
 * What `apply` got: the file of a saved plan, where one of that name exists, or gaps.
 * @throws UsageError for what looks like a file and is not there.
 */
export function planOrGaps(
  words: readonly string[],
  cwd: string,
): { readonly file?: string; readonly named: readonly string[] } {
  const [word] = words;
  if (word === undefined) return { named: [] };
  const isFile = existsSync(resolve(cwd, word));
  if (isFile && words.length === 1) return { file: word, named: [] };
  if (isFile || /[/\\]|\.json$/.test(word))
    throw new UsageError(
      isFile ? `${word} is a file, and more was named beside it` : `there is no file ${word}`,
      'Give one saved plan (aims-fix plan --out FILE makes one), or gaps: aims-fix apply 3',
    );
  return { named: words };
}

/** The gaps and the priorities among plain words, in which commas separate as blanks do. */
export function chosenBy(words: readonly string[]): {
  readonly gaps: readonly string[];
  readonly priorities: readonly string[];
} {
  const each = words.flatMap((word) => word.split(',')).filter((word) => word.trim() !== '');
  const isPriority = (word: string) => /^p\d$/i.test(word.trim());
  return { gaps: each.filter((word) => !isPriority(word)), priorities: each.filter(isPriority) };
}

function takesValue(argument: string): boolean {
  return VALUED.has(argument);
}

/** `--repo "$DIR"` with a variable that is not set would otherwise work on the folder that one stands in. */
function requireValues(argv: readonly string[]): void {
  const named = argv.find(
    (argument, index) =>
      (VALUED.has(argument) && argv[index + 1] === '') ||
      (argument.endsWith('=') && VALUED.has(argument.slice(0, -1))),
  );
  if (named !== undefined)
    throw new UsageError(
      `${named.replace(/=$/, '')} got an empty value`,
      'Leave it out, or name what it is about.',
    );
}
