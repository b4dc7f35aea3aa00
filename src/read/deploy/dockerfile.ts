import { lazy } from '../../repo/lazy.ts';

/** One instruction of a Dockerfile with the build stage it stands in. Offsets are those of the text. */
export interface Instruction {
  /** In upper case: `FROM`, `COPY`. */
  readonly keyword: string;
  /** What follows the keyword, continued lines joined as they are written. */
  readonly words: string;
  readonly start: number;
  /** After the last character of its last line, before the line break. */
  readonly end: number;
  /** Zero-based; -1 for an ARG before the first FROM. */
  readonly stage: number;
  /** The name after AS. */
  readonly stageName?: string;
}

/** The instructions of a Dockerfile in their order; comments and heredocs are understood. */
export function instructionsOf(text: string): readonly Instruction[] {
  const lines = lineStarts(text);
  let stage = -1;
  let stageName: string | undefined;
  return lazy
    .dockerfile()
    .DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      const { start, end } = instruction.getRange();
      const keyword = instruction.getKeyword();
      const words = instruction.getRawArgumentsContent() ?? '';
      if (keyword === 'FROM') {
        stage += 1;
        stageName = /\sas\s+(\S+)\s*$/i.exec(words)?.[1];
      }
      return {
        keyword,
        words,
        start: (lines[start.line] ?? 0) + start.character,
        end: (lines[end.line] ?? 0) + end.character,
        stage,
        ...(stageName === undefined ? {} : { stageName }),
      };
    });
}

/** The instructions of the last stage, which is the image that is shipped. */
export function lastStageOf(text: string): readonly Instruction[] {
  const instructions = instructionsOf(text);
  const last = instructions.at(-1)?.stage;
  return instructions.filter(({ stage }) => stage === last);
}

/** The image that the last stage starts from; '' where none does. */
export function baseImageOf(text: string): string {
  const from = lastStageOf(text).find(({ keyword }) => keyword === 'FROM');
  return from?.words.replace(/^(?:--\S+\s+)+/, '').split(/\s/)[0] ?? '';
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
