import type { Repo } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { ownFunction, rootOf, specifierOf } from '../../../src/read/sign-in/own-functions.ts';
import * as words from '../tables.ts';
import { callsIn, codeOf, type Piece, withCalled } from './reset-code.ts';

/** Whether a piece that is about the reset keeps the hash of a token, or mails one that is signed. */
export function isDigested(pieces: readonly Piece[]): boolean {
  return pieces.some((each) => isAboutReset(each) && (words.DIGESTS.test(codeOf(each)) || signs(each)));
}

/** What else is hashed behind a request, such as the key of a session, says nothing about its token. */
function isAboutReset(piece: Piece): boolean {
  const code = codeOf(piece);
  const isOfToken = /token/i.test(code) && !/session/i.test(code);
  return (
    words.RESET_PATH.test(piece.module.path) ||
    words.RESET_WORDS.test(code) ||
    words.MAKES_TOKEN.test(code) ||
    isOfToken
  );
}

/** `sign(…)` of jsonwebtoken, whatever it is called here. */
function signs({ module, node }: Piece): boolean {
  return callsIn(node).some(({ callee }) => {
    const root = rootOf(callee);
    const specifier = root.type === 'Identifier' ? specifierOf(module, root.name) : undefined;
    return specifier === 'jsonwebtoken' && /sign$/i.test(module.text.slice(callee.start, callee.end));
  });
}

/** Whether any of these writes something down: a token that is kept nowhere is read by nobody. */
export function isKept(code: string): boolean {
  return words.KEEPS.test(code);
}

/** The pieces of code that see a token: what makes it with all that calls, and who calls that with what it hands on. */
export function nearToken(
  repo: Repo,
  base: CodeBase,
  maker: Piece,
  callers: readonly Piece[],
): readonly Piece[] {
  const called = callers.flatMap((caller) =>
    callsIn(caller.node).flatMap(({ callee }) => ownFunction(repo, base.app, caller.module, callee) ?? []),
  );
  return [...withCalled(repo, base, maker), ...callers, ...called];
}
