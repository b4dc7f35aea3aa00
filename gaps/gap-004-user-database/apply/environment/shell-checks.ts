/** What must not be so when a stack is started with another env file than before. */
export interface DeployCheck {
  /** In words, as in "stops while …". */
  readonly unwanted: string;
  /** As lines of a shell script; `file` is the word for the env file, to stand between double quotes. */
  shell(file: string, indent: string): ShellCheck;
}

/** Lines that end with a complaint; `stop` writes it, in the words of the script, and ends the script. */
export type ShellCheck = (stop: (message: string) => readonly string[]) => readonly string[];

/** Lines that stop a script where a variable of the env file matches one of these patterns. */
export function stopIf(
  patterns: readonly string[],
  name: string,
  word: string,
  indent: string,
  words: string,
): ShellCheck {
  return (stop) => [
    `case "$(${READER} ${name} "${word}")" in`,
    `${patterns.join(' | ')})`,
    ...stop(`Set ${name} in ${word}${words}`).map((line) => indent + line),
    `${indent};;`,
    'esac',
  ];
}

/** The shell function that reads a value: see `readerLines`. */
export const READER = 'env_file_value';

/** The function with which the checks read a value: without quotes, comments and blanks; the last line has the word. */
export function readerLines(indent: string): readonly string[] {
  return [
    `# ${READER} NAME FILE: the value that Compose reads.`,
    `${READER}() {`,
    `${indent}sed -n "s/^[[:space:]]*\\(export[[:space:]]\\{1,\\}\\)\\{0,1\\}$1[[:space:]]*=[[:space:]]*//p" "$2" | tail -n 1 |`,
    `${indent}${indent}sed -e 's/^#.*//' -e 's/[[:space:]]\\{1,\\}#.*//' -e 's/[[:space:]]*$//' -e "s/^\\([\\"']\\)\\(.*\\)\\1$/\\2/" \\`,
    `${indent}${indent}${indent}-e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'`,
    '}',
  ];
}

const WIDTH = 100;

/** Words in lines of a readable length; the shell reads them as one list. */
export function inLines(words: readonly string[], indent: string): string {
  const lines = words.reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
    return all;
  }, []);
  return lines.join(` \\\n${indent}${indent}`);
}
