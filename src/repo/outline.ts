import { SourceError } from '../errors.ts';
import { parseModule, type SourceModule } from './module.ts';

/** Where something stands, its end left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A module without what its functions do: their outermost bodies are blanks, so that every offset is as in the text. */
export interface Outline {
  readonly module: SourceModule;
  /** What was left out, braces excluded. */
  readonly bodies: readonly Span[];
}

/** Parses an outline. Throws SourceError where the text cannot be told apart without its grammar, or does not parse. */
export function parseOutline(path: string, text: string): Outline {
  const bodies = bodiesIn(text);
  if (!bodies) throw new SourceError(path, 'has braces that do not pair');
  let outline = '';
  let from = 0;
  for (const { start, end } of bodies) {
    outline += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return { module: parseModule(path, outline + text.slice(from)), bodies };
}

/**
 * Comments and texts, whose braces are none, and braces. A template in a template is read as two with its expression
 * between; a brace of a regular expression is taken for one of the code, and pairs with none.
 */
const TOKENS =
  /\/\*[\s\S]*?(?:\*\/|$)|(?<![\\:])\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[{}]/g;

/** The outermost blocks behind parameters and arrows: an empty one may stand wherever such a block does. */
function bodiesIn(text: string): readonly Span[] | undefined {
  const bodies: Span[] = [];
  let depth = 0;
  let body: { readonly start: number; readonly depth: number } | undefined;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '{') {
      depth += 1;
      if (!body && /(?:\)|=>)\s*$/.test(text.slice(Math.max(0, index - 20), index)))
        body = { start: index + 1, depth };
    } else if (token === '}') {
      if (body?.depth === depth) {
        bodies.push({ start: body.start, end: index });
        body = undefined;
      }
      depth -= 1;
    }
  }
  return depth === 0 ? bodies : undefined;
}
