import type { Repo } from '../../../../src/contract.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import type { Blank } from '../../read/blank-environment.ts';

const FILLED_IN = /(?<!\$)\$(?:\{([A-Za-z_]\w*)(?::?([-?+])([^{}]*))?\}|([A-Za-z_]\w*))/g;
/** Names that a shell or Compose has by itself. */
const OF_THE_SHELL = /^(?:HOME|PWD|USER|UID|GID|PATH|HOSTNAME|TAG|COMPOSE_\w+|DOCKER_\w+)$/;
const SECRET = /PASSWORD|PASSWD|SECRET|TOKEN|KEY/;

/**
 * The lines with which an example names what the stack is filled with and no example names, each commented out: Compose
 * read them from `.env` until now. Undefined where none is missing.
 */
export function missingNames(
  repo: Repo,
  blanks: readonly Blank[],
  example: string,
  known: readonly string[],
): string | undefined {
  const { deployed } = blanks[0] ?? {};
  if (!deployed?.commands.some(({ envFiles }) => envFiles === undefined)) return undefined;
  const stack = repo.text(deployed.path).replace(/^[ \t]*#.*$/gm, '');
  const isElsewhere = (name: string) => {
    const found = deployed.project.find(name);
    return found.kind === 'value' && deployed.commands.some(({ script }) => script === found.from);
  };
  const defaults = new Map<string, string>();
  for (const [, braced, operator, text = '', bare = ''] of stack.matchAll(FILLED_IN)) {
    const name = braced ?? bare;
    if (OF_THE_SHELL.test(name) || known.includes(name) || isNamed(example, name) || isElsewhere(name))
      continue;
    defaults.set(name, (defaults.get(name) ?? '') || (operator === '-' ? text : ''));
  }
  return defaults.size === 0 ? undefined : blockOf(deployed.path, defaults);
}

function isNamed(example: string, name: string): boolean {
  return new RegExp(String.raw`^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?${escaped(name)}[ \t]*=`, 'm').test(
    example,
  );
}

function blockOf(stack: string, defaults: ReadonlyMap<string, string>): string {
  const line = ([name, value]: readonly [string, string]) => `# ${name}=${SECRET.test(name) ? '' : value}`;
  const isPublished = ([name, value]: readonly [string, string]) => value !== '' && SECRET.test(name);
  const all = [...defaults];
  const published = all.filter(isPublished);
  return [
    `# Compose fills these into ${stack} and finds them only here. Uncomment those that you set.`,
    ...all.filter((each) => !isPublished(each)).map(line),
    ...(published.length > 0
      ? ['# Their defaults are published: set a value of your own.', ...published.map(line)]
      : []),
  ].join('\n');
}
