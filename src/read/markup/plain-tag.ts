import type { JsxAttribute } from './markup.ts';

const NAME = String.raw`[A-Za-z_$][\w$:.-]*`;
const BLANK = String.raw`[ \n\t\r]`;
const STRING = String.raw`(?:"[^"\\\n]*"|'[^'\\\n]*')`;
const CODE = '[^{}"\'`/<]*';
const OBJECT = String.raw`\{${CODE}(?:${STRING}${CODE}){0,99}\}`;
const EXPRESSION = `${CODE}(?:(?:${STRING}|${OBJECT})${CODE}){0,99}`;

const TAG = new RegExp(
  String.raw`<(${NAME})(?:${BLANK}+${NAME}(?:="[^"]*"|='[^']*'|=\{${EXPRESSION}\})?){0,99}${BLANK}*(?:(/>)|>(?:([^<{]*)</\1>)?)`,
  'y',
);

/**
 * Most tags hold nothing that has to be looked into: no spread, comment, template, regular expression or element.
 * One match reads such a tag, and the rest of its element where that is nothing but text; a descent into each part
 * takes several times as long. The groups: the name; the end of a tag that closes itself; the text.
 */
export function plainTagAt(text: string, at: number): RegExpExecArray | null {
  TAG.lastIndex = at;
  return TAG.exec(text);
}

const ATTRIBUTE = new RegExp(
  String.raw`(?:^<${NAME})?${BLANK}+(${NAME})(?:="([^"]*)"|='([^']*)'|=\{(${EXPRESSION})\})?`,
  'gy',
);

/** The attributes of a plain tag, of which this is the source, and of more. */
export function plainAttributes(source: string): readonly JsxAttribute[] {
  return Array.from(source.matchAll(ATTRIBUTE), ([, name = '', double, single, expression]) => {
    if (expression !== undefined) return { kind: 'expression', name, value: expression.trim() };
    const value = double ?? single;
    return value === undefined ? { kind: 'flag', name } : { kind: 'text', name, value };
  });
}
