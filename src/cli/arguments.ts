import { UsageError } from '../errors.ts';

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
  if (argv.some((argument) => ['--help', '-h', '--version', '-V'].includes(argument)) || hasVerb(argv))
    return argv;
  const selects = argv.some((argument) => /^--(gap|priority|all)(=|$)/.test(argument));
  return [selects ? 'apply' : 'audit', ...argv];
}

function hasVerb(argv: readonly string[]): boolean {
  return argv.some((argument, index) => {
    const before = argv[index - 1];
    return !argument.startsWith('-') && !(before !== undefined && takesValue(before));
  });
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
