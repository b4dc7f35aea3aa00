/** Covers of two columns: East Asian Wide and Fullwidth (UAX #11), in the blocks that text uses. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\p{Format}]+$/u;

let segmenter: Intl.Segmenter | undefined;

/** What a person sees as one character. */
export function charactersOf(text: string): readonly string[] {
  if (isNarrow(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns a text without line breaks and escapes takes on a terminal. */
export function displayWidth(text: string): number {
  if (isNarrow(text)) return text.length;
  return charactersOf(text).reduce((width, character) => width + characterWidth(character), 0);
}

export function characterWidth(character: string): 0 | 1 | 2 {
  if (EMOJI.test(character) || WIDE.test(character)) return 2;
  return INVISIBLE.test(character) ? 0 : 1;
}

/** ASCII, Latin, and the dashes, quotes, arrows, lines and marks of prose: one column each, joined to no other. */
const NARROW =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u257f\u25a0-\u25fc\u2713-\u2717]*$/;

/** Whether every unit is a column, which is told without the segmenter: loading it costs more than a report. */
function isNarrow(text: string): boolean {
  return NARROW.test(text);
}

/** Pads to a width with blanks at the end. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts to a width; the cut is shown. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let result = '';
  let left = width - 1;
  for (const character of charactersOf(text)) {
    left -= characterWidth(character);
    if (left < 0) break;
    result += character;
  }
  return `${result.trimEnd()}…`;
}

/** Breaks at blanks into lines of at most a width; a longer word stays whole, so that it can be copied. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(' ')) {
    const more = displayWidth(word);
    if (line === '' || taken + 1 + more <= width) {
      taken = line === '' ? more : taken + 1 + more;
      line = line === '' ? word : `${line} ${word}`;
    } else {
      lines.push(line);
      line = word;
      taken = more;
    }
  }
  return [...lines, line];
}
