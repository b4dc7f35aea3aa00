import { SourceError } from '../errors.ts';
import { parseModule, type SourceModule } from '../repo/module.ts';
import { oncePer } from '../repo/once.ts';
import type { Repo } from '../repo/repo.ts';
import { blankComments } from './comments.ts';
import { peekModule } from './imports.ts';
import { holds } from './nodes-at.ts';

/** A tree grows with what functions do, and costs far more than the search for their ends; that of a short file does not. */
const LONG = 20_000;

/**
 * The module that answers what stands at these offsets and around them; undefined where it cannot be read or parsed.
 * A long one comes without the bodies of functions where none of the offsets stands in one: they are empty blocks, so
 * that every offset is as in `repo.scan(path)`.
 */
export function moduleAround(repo: Repo, path: string, offsets: readonly number[]): SourceModule | undefined {
  const outline = (repo.scan(path) ?? '').length > LONG ? outlines(repo)(path) : undefined;
  const isEnough = outline && !offsets.some((at) => outline.bodies.some((body) => holds(body, at)));
  return isEnough ? outline.module : peekModule(repo, path);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Outline {
  readonly module: SourceModule;
  /** What was left out, braces excluded. */
  readonly bodies: readonly Span[];
}

const outlines = oncePer((repo: Repo) => {
  const known = new Map<string, Outline | undefined>();
  return (path: string) => {
    if (!known.has(path)) known.set(path, outlineOf(path, blankComments(repo.scan(path) ?? '')));
    return known.get(path);
  };
});

/** Undefined where the text could not be told apart: a brace of a regular expression was taken for one of the code. */
function outlineOf(path: string, code: string): Outline | undefined {
  const bodies = bodiesIn(code);
  if (!bodies) return undefined;
  let text = '';
  let from = 0;
  for (const { start, end } of bodies) {
    text += code.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  try {
    return { module: parseModule(path, text + code.slice(from)), bodies };
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** Texts, whose braces are none, and braces. A template in a template is read as two with its expression between. */
const TOKENS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[{}]/g;

/** The outermost blocks behind parameters and arrows: an empty one may stand wherever such a block does. */
function bodiesIn(code: string): readonly Span[] | undefined {
  const bodies: Span[] = [];
  let depth = 0;
  let body: { readonly start: number; readonly depth: number } | undefined;
  for (const { 0: token, index } of code.matchAll(TOKENS)) {
    if (token === '{') {
      depth += 1;
      if (!body && /(?:\)|=>)\s*$/.test(code.slice(Math.max(0, index - 20), index)))
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
