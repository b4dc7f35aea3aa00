import type { Repo } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isFunction } from '../../../src/read/sign-in/own-functions.ts';
import * as words from '../tables.ts';
import { loggedLink } from './logged-links.ts';
import { sendsMail } from './mail-calls.ts';
import { callersOf, codeOf, firstOf, type Handler, type Piece, pieceAt, withCalled } from './reset-code.ts';
import { isDigested, isKept, nearToken } from './token-keeping.ts';

/** Where a reset is asked for: a token is made, kept and mailed. */
export interface ResetRequest extends Handler {
  readonly mails: boolean;
  readonly expires: boolean;
  /** Whether the token is kept as it is mailed. */
  readonly keepsRaw: boolean;
  readonly limits: boolean;
  /** Where the link is written to the log. */
  readonly logged: Handler | undefined;
}

/** The first place at which a token of a reset is made. */
export function findRequest(repo: Repo, base: CodeBase, files: readonly string[]): ResetRequest | undefined {
  for (const path of files) {
    const code = withoutComments(repo, path);
    const at = tokensAt(repo, path, code)[0] ?? namedRequest(repo, path, code);
    if (at !== undefined) return requestAt(repo, base, { path, at });
  }
  return firstOf(files, (path) => libraryRequest(path, withoutComments(repo, path)));
}

/** The other functions that make a token of a reset, keep it and mail it, each by itself. */
export function otherRequests(
  repo: Repo,
  base: CodeBase,
  files: readonly string[],
  first: ResetRequest | undefined,
): readonly ResetRequest[] {
  const known = first ? functionsOf(repo, base, first) : [];
  return files.flatMap((path) =>
    tokensAt(repo, path, withoutComments(repo, path)).flatMap((at) => {
      const maker = functionAt(repo, { path, at });
      if (!maker || known.some((each) => each.module === maker.module && each.node === maker.node)) return [];
      known.push(maker);
      return isRequest(repo, base, maker) ? requestAt(repo, base, { path, at }) : [];
    }),
  );
}

/** The functions of a backend that make a token of a reset, keep it as it is and mail it, each by itself. */
export function rawRequests(repo: Repo, base: CodeBase, files: readonly string[]): readonly ResetRequest[] {
  const makers: Piece[] = [];
  return files.flatMap((path) =>
    tokensAt(repo, path, withoutComments(repo, path)).flatMap((at) => {
      const maker = functionAt(repo, { path, at });
      if (!maker || makers.some(({ module, node }) => module === maker.module && node === maker.node))
        return [];
      makers.push(maker);
      const request = isRequest(repo, base, maker) ? requestAt(repo, base, { path, at }, maker) : undefined;
      return request?.keepsRaw ? [request] : [];
    }),
  );
}

/** The function that makes a token, and what that calls or is called by: one way, however many functions it takes. */
function functionsOf(repo: Repo, base: CodeBase, place: Handler): Piece[] {
  const maker = functionAt(repo, place);
  const module = peekModule(repo, place.path);
  const piece = module && pieceAt(module, place.at);
  return [
    ...(maker ? withCalled(repo, base, maker) : []),
    ...(piece ? withCalled(repo, base, piece) : []),
    ...(piece ? callersOf(repo, base, piece) : []),
  ];
}

function functionAt(repo: Repo, { path, at }: Handler): Piece | undefined {
  const module = peekModule(repo, path);
  const node = module && nodesAt(module, at).findLast(isFunction);
  return module && node && { module, node };
}

/** A function that sets a password makes salts and sessions; one that asks for a reset keeps a token and mails it. */
function isRequest(repo: Repo, base: CodeBase, maker: Piece): boolean {
  const own = codeOf(maker);
  const pieces = withCalled(repo, base, maker);
  return (
    words.RESET_CODE.test(own) &&
    !words.TAKES_PASSWORD.test(own) &&
    isKept(pieces.map(codeOf).join('\n')) &&
    sendsMail(repo, base, pieces)
  );
}

/** Tokens for a confirmation or a session are made in the same files; those that count are in code of a reset. */
function tokensAt(repo: Repo, path: string, code: string): readonly number[] {
  const all = [...code.matchAll(new RegExp(words.MAKES_TOKEN.source, 'gi'))].map(({ index }) => index);
  const module = all.length > 0 ? peekModule(repo, path) : undefined;
  if (!module) return all.slice(0, 1);
  const around = (at: number) => {
    const inner = nodesAt(module, at).findLast(
      (node) => isFunction(node) || node.type === 'MethodDefinition',
    );
    const head = inner ? code.slice(Math.max(0, inner.start - 80), inner.end) : '';
    return /verif|confirm|session|refresh|invite/i.test(head) && !words.RESET_WORDS.test(head) ? '' : head;
  };
  const isNamed = words.RESET_PATH.test(path);
  return all.filter((at) => words.RESET_WORDS.test(around(at)) || (isNamed && around(at) !== ''));
}

/** A handler or an action whose name says what it does, wherever its token is made. */
function namedRequest(repo: Repo, path: string, code: string): number | undefined {
  const isHandler = /(^|\/)api\/|\/route\.[jt]s$/.test(path) || /['"]use server['"]/.test(code);
  if (!isHandler || !/forg[eo]t|request/i.test(path)) return undefined;
  const exported = (peekModule(repo, path)?.program.body ?? []).filter(({ type }) =>
    type.startsWith('Export'),
  );
  const answering = exported.find(({ start, end }) =>
    /\b(?:async|function)\b|=>/.test(code.slice(start, end)),
  );
  return (answering ?? exported[0])?.start ?? 0;
}

/** The mail of a reset that the sign-in library makes the token of; it keeps the hash, and an expiry. */
const LIBRARY_MAIL = /\bSendVerificationRequestParams\b|\bsendVerificationRequest\b/;

function libraryRequest(path: string, code: string): ResetRequest | undefined {
  const mail = words.RESET_PATH.test(path) || words.RESET_CODE.test(code) ? LIBRARY_MAIL.exec(code) : null;
  return mail
    ? { path, at: mail.index, mails: true, expires: true, keepsRaw: false, limits: true, logged: undefined }
    : undefined;
}

/** @param alone the function that is read by itself; else what it stands in is, with all that calls it */
function requestAt(repo: Repo, base: CodeBase, place: Handler, alone?: Piece): ResetRequest {
  const module = peekModule(repo, place.path);
  const piece = alone ?? (module && pieceAt(module, place.at));
  const callers = piece && !alone ? callersOf(repo, base, piece) : [];
  const roots = piece ? [piece, ...callers] : [];
  const pieces = roots.flatMap((root) => withCalled(repo, base, root));
  const code = pieces.map(codeOf).join('\n') || withoutComments(repo, place.path);
  const logged = pieces.flatMap((each) => {
    const at = loggedLink(each);
    return at === undefined ? [] : [{ path: each.module.path, at }];
  });
  const maker = functionAt(repo, place) ?? piece;
  return {
    ...place,
    mails: sendsMail(repo, base, pieces),
    expires: words.EXPIRES.test(code),
    keepsRaw:
      isKept(code) && !(piece && maker && isDigested(nearToken(repo, base, maker, [piece, ...callers]))),
    limits: words.LIMITS.test(code),
    logged: logged[0],
  };
}
