import { basename } from '../../../../src/repo/paths.ts';
import { type DeployCheck, inLines, READER } from './shell-checks.ts';

/** The names that Compose fills in, `${NAME}` or `$NAME`. */
export function filledNames(stack: string): readonly string[] {
  return [...stack.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []);
}

/**
 * Compose read `old`, which lies beside the file that it is handed.
 * @param stack the text of the Compose file: what it is not filled with may stay behind
 */
export function oldFileCheck(old: string, file: string, stack: string): DeployCheck {
  const names = [...new Set([...filledNames(stack), 'COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES'])].sort();
  return {
    unwanted: `${old} sets what ${file} does not`,
    shell(word, indent) {
      const path = word.endsWith(basename(file))
        ? `${word.slice(0, -basename(file).length)}${basename(old)}`
        : `$(dirname "${word}")/${basename(old)}`;
      return (stop) => [
        '# Compose reads no .env of its own once a file is named.',
        'LEFT_BEHIND=""',
        `if [ -f "${path}" ]; then`,
        `${indent}for NAME in ${inLines(names, indent)}; do`,
        `${indent}${indent}OLD_VALUE="$(${READER} "$NAME" "${path}")"`,
        `${indent}${indent}if [ -n "$OLD_VALUE" ] && [ "$OLD_VALUE" != "$(${READER} "$NAME" "${word}")" ]; then`,
        `${indent}${indent}${indent}LEFT_BEHIND="$LEFT_BEHIND $NAME"`,
        `${indent}${indent}fi`,
        `${indent}done`,
        'fi',
        'if [ -n "$LEFT_BEHIND" ]; then',
        ...stop(
          `Compose no longer reads ${path}. Copy these from it to ${word}, or remove them from it:$LEFT_BEHIND`,
        ).map((line) => indent + line),
        'fi',
      ];
    },
  };
}
