import { linesOf } from '../../../../src/edit/text.ts';
import { isCalled } from '../../../../src/read/deploy/compose-heads.ts';
import { escaped } from '../../../../src/repo/escaped.ts';

/** Lines that go on with a statement that an earlier line began. */
const GOES_ON = /^(?:[\s#]|(?:then|do|else|elif|fi|done|esac)\b|[)};&|])/;
const CARRIES_ON = /(?:\\|&&|\|)[ \t]*$/;
const HEADER = /^(?:function[ \t]+([\w-]+)|([\w-]+)[ \t]*\(\))/;
const OPENS =
  /(?:^|[|;&(]|\b(?:then|do|else)\b)[ \t]*(?:if|for|while|until|case|select)\b|(?:^|[\s)])\{(?=\s|$)|\([ \t]*$/gm;
const CLOSES = /(?:^|;)[ \t]*(?:(?:fi|done|esac)\b|\})|^[ \t]*\)/gm;

/**
 * Where a check goes that has to run before a command of a script: the start of the top-level statement with the
 * command, or with the first use of its function. Undefined where that cannot be told, or where what stands between
 * changes the folder or one of the variables that the check reads.
 */
export function placeBefore(script: string, at: number, words: readonly string[]): number | undefined {
  const text = script.replace(/^[ \t]*#.*$/gm, (line) => `#${' '.repeat(line.length - 1)}`);
  const start = statementAt(text, at);
  const name = functionAt(text, start);
  if (name === undefined) return usable(text, start, at, words);
  const uses = [
    ...text.matchAll(new RegExp(String.raw`(?<![\w./$-])${escaped(name)}(?![\w-]|[ \t]*\()`, 'g')),
  ].filter(({ index }) => isCalled(text, index));
  const [use] = uses;
  if (use === undefined || use.index < at || changes(text.slice(start, at), words)) return undefined;
  const place = statementAt(text, use.index);
  return functionAt(text, place) === undefined ? usable(text, place, use.index, words) : undefined;
}

function usable(text: string, start: number, at: number, words: readonly string[]): number | undefined {
  const before = text.slice(0, start);
  const isNested = (before.match(OPENS)?.length ?? 0) !== (before.match(CLOSES)?.length ?? 0);
  return isNested || /(?<!<)<<(?!<)/.test(text.slice(start, at)) || changes(text.slice(start, at), words)
    ? undefined
    : aboveComments(text, start);
}

/** The start of the line at the top level with which the statement begins. */
function statementAt(text: string, at: number): number {
  const lines = linesOf(text);
  const isBegun = (index: number) =>
    !GOES_ON.test(lines[index]?.text ?? '') &&
    lines[index]?.text !== '' &&
    !CARRIES_ON.test(lines[index - 1]?.text ?? '');
  let index = lines.findLastIndex(({ start }) => start <= at);
  while (index > 0 && !isBegun(index)) index -= 1;
  return lines[index]?.start ?? 0;
}

function functionAt(text: string, start: number): string | undefined {
  const [, spelled, plain] = HEADER.exec(text.slice(start)) ?? [];
  return spelled ?? plain;
}

/** Whether a stretch of the script goes to another folder, or sets a variable of the words. */
function changes(between: string, words: readonly string[]): boolean {
  const names = words.flatMap((word) => [...word.matchAll(/\$\{?(\w+|[@*#])/g)].map(([, name = '']) => name));
  return (
    /(?:^|[\s;&|({])(?:cd|pushd)\s/.test(between) ||
    names.some(
      (name) =>
        /^(?:\d+|[@*#])$/.test(name) ||
        new RegExp(String.raw`\b${escaped(name)}(?:=|[ \t]+in\b)`).test(between),
    )
  );
}

/** A comment stays with the statement that it is about; the one that the file begins with is about the file. */
function aboveComments(text: string, start: number): number {
  const comments = /(?:(?<![^\n])#[^\n]*\n)+$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return comments < start ? start - comments : start;
}
