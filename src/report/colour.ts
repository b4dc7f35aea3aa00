/** What a piece of text means. Colour only repeats what a word or a symbol says already. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'dim' | 'strong';

/** Colours a text that holds no line break, or returns it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** What decides about colour. */
export interface ColourWish {
  /** `--color` or `--no-color`; undefined when neither was given. */
  readonly flag?: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Whether to colour: the flag, else NO_COLOR (https://no-color.org: any value but the empty one), else
 * FORCE_COLOR (`0` and `false` mean no), else whether a person is looking.
 */
export function wantsColour({ flag, env, isTerminal }: ColourWish): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

/** No colour. */
export const plain: Paint = (_, text) => text;

/** Loads chalk when there is colour to make and not before: bundled it costs as much as `util.styleText`. */
export async function createPaint(enabled: boolean): Promise<Paint> {
  if (!enabled) return plain;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const tones = {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    info: chalk.cyan,
    dim: chalk.dim,
    strong: chalk.bold,
  };
  return (tone, text) => tones[tone](text);
}
