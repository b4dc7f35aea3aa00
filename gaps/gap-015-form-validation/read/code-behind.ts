import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { type Definition, type Meaning, meaningOf } from '../../../src/read/code/definitions.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { oncePer } from '../../../src/repo/once.ts';

/** Code somewhere in a file. */
export interface Piece {
  readonly path: string;
  readonly code: string;
  readonly at: number;
}

/** A piece of what runs when an expression does. */
export interface Step {
  readonly piece: Piece;
  /** What the names in it stand for. */
  readonly meanings: readonly Meaning[];
}

/** All that runs when an expression does, as far as names lead; what is nearest comes first. */
export interface CodeBehind {
  readonly steps: readonly Step[];
  /** Components whose parameters it uses: what those are is said where the component is rendered. */
  readonly components: readonly string[];
}

/** Ends the search in code bases where everything leads everywhere. */
const ENOUGH = 300;
const NAME = /(?<![\w$])(?<!(?<!\.)\.)[A-Za-z_$][\w$]*/g;

/**
 * Follows the names in an expression to what they are declared as, in the same file and through imports, and on
 * from there, until a step is enough: undefined then. Declarations around `start` itself (the component that renders
 * the form) are not entered. Names are told from text: the key of an object that is called like a variable counts as
 * that.
 */
export function codeBehind(
  repo: Repo,
  app: NextApp,
  start: Piece,
  isEnough: (step: Step) => boolean,
): CodeBehind | undefined {
  const steps: Step[] = [];
  const components = new Set<string>();
  for (const step of nearestFirst(repo, app, start)) {
    if (isEnough(step)) return undefined;
    steps.push(step);
    if (step.piece.path !== start.path) continue;
    for (const each of step.meanings) if (each.kind === 'parameter') components.add(each.of);
  }
  return { steps, components: [...components] };
}

/** Level by level; modules are read when it is their turn. */
function* nearestFirst(repo: Repo, app: NextApp, start: Piece): Iterable<Step> {
  const seen = new Set<Piece>();
  const waiting: (() => readonly Piece[])[] = [() => [start]];
  for (let next = waiting.shift(); next && seen.size < ENOUGH; next = waiting.shift())
    for (const piece of next()) {
      if (seen.has(piece) || seen.size === ENOUGH) continue;
      seen.add(piece);
      const meanings = meaningsIn(repo)(app)(piece);
      yield { piece, meanings };
      waiting.push(...meanings.map((each) => () => piecesOf(repo, each, start)));
    }
}

/** The code that a name stands for, the component around the start left out. */
function piecesOf(repo: Repo, meaning: Meaning, start: Piece): readonly Piece[] {
  if (meaning.kind !== 'code') return [];
  return meaning.definitions.filter((each) => !isAround(each, start)).map(pieces(repo));
}

/** The component that renders what the search starts from. */
function isAround({ module, start, end }: Definition, from: Piece): boolean {
  return module.path === from.path && start <= from.at && end > from.at;
}

/** One piece for each definition, however many names lead to it. */
const pieces = oncePer((repo: Repo) => {
  const known = new Map<string, Piece>();
  return ({ module, start, end }: Definition): Piece => {
    const key = `${module.path} ${start} ${end}`;
    const piece = known.get(key) ?? {
      path: module.path,
      at: start,
      code: withoutComments(repo, module.path).slice(start, end),
    };
    known.set(key, piece);
    return piece;
  };
});

/** What each name in a piece of code stands for, told once however many forms lead there. */
const meaningsIn = oncePer((repo: Repo) =>
  oncePer((app: NextApp) =>
    oncePer((piece: Piece): readonly Meaning[] => {
      const module = peekModule(repo, piece.path);
      if (!module) return [];
      const names = new Set(piece.code.match(NAME));
      return [...names].flatMap((name) => meaningOf(repo, app, module, name, piece.at) ?? []);
    }),
  ),
);
