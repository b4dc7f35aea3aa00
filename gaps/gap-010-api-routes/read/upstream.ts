import { escaped } from '../../../src/repo/escaped.ts';
/** A query parameter that goes into a url as it came. */
export function hasUnescapedQuery(code: string): boolean {
  return [...code.matchAll(/(?:const|let)\s+(\w+)\s*=\s*(?:[^\s;][^;\n]{0,300})?searchParams\.get\(/g)].some(
    ([, name = '']) => new RegExp(`[?&]\\w+=\\$\\{\\s*${escaped(name)}\\b`).test(code),
  );
}

/** What a handler does where its upstream failed, or gave no answer. */
const FAILED = /if\s*\(\s*!\s*\w+\.ok\s*\)\s*|\bcatch\s*(?:\(\s*\w+\s*\)\s*)?(?=\{)/g;

/** An upstream failure that comes out as 200: its status is not looked at, or looked at and answered with data. */
export function hidesFailure(code: string): boolean {
  if (!/\bfetch\(/.test(code)) return false;
  if (!/\.(?:ok|status)\b/.test(code)) return /\.json\(\)/.test(code);
  return [...code.matchAll(FAILED)].some(({ index, 0: head }) => {
    const block = blockAt(code, index + head.length);
    return /\breturn\b[^;]{0,1000}\bjson\(/.test(block) && !/\bstatus\b|\bthrow\b/.test(block);
  });
}

/** The block or statement that starts at an offset; a line ends a statement that has no semicolon. */
function blockAt(code: string, from: number): string {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const c = code[at];
    if (c === '{' || c === '(') depth += 1;
    else if (c === '}' || c === ')') depth -= 1;
    if (depth === 0 && (c === '}' || c === ';' || c === '\n')) return code.slice(from, at + 1);
  }
  return code.slice(from);
}
