import type { Repo, SourceModule } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/client-code.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isPage } from '../../../src/read/next/named-pages.ts';
import { isFunction, lastName } from '../../../src/read/sign-in/own-functions.ts';
import * as words from '../tables.ts';
import { SETS_PASSWORD } from '../tables.ts';
import { loggedLink } from './logged-links.ts';
import { sendsMail } from './mail-calls.ts';
import { callersOf, callsIn, codeOf, type Piece, pieceAt, withCalled } from './reset-code.ts';

/** A place of code on the server. */
export interface Handler {
  readonly path: string;
  readonly at: number;
}

/** Where a reset is asked for: a token is made, kept and mailed. */
export interface ResetRequest extends Handler {
  readonly mails: boolean;
  readonly expires: boolean;
  readonly digests: boolean;
  readonly limits: boolean;
  /** Where the link is written to the log. */
  readonly logged: Handler | undefined;
}

/** Where a token is traded for a new password. */
export interface Reset extends Handler {
  readonly singleUse: boolean;
  readonly endsSessions: boolean;
}

/** Handlers, server actions and routers that speak of resetting a password. */
export function resetFiles(repo: Repo, { app }: CodeBase, code: readonly string[]): readonly string[] {
  return code.filter((path) => {
    if (words.GENERATED.test(path) || words.TOOL.test(path)) return false;
    const isNamed = words.RESET_PATH.test(path);
    if (!isNamed && !repo.mentions(path, words.RESET_CODE)) return false;
    const text = repo.peek(path) ?? '';
    if (isClient(text) || !/password/i.test(isNamed ? path + text : text)) return false;
    if ((isPage(app, path) || isView(path, text)) && !/['"]use server['"]/.test(text)) return false;
    return isNamed || words.RESET_CODE.test(blankComments(text));
  });
}

/** A component, though nothing says that it runs in the browser; a mail is one, too, and is sent from elsewhere. */
function isView(path: string, text: string): boolean {
  return (
    /\.[jt]sx$/.test(path) &&
    /\buse(?:State|Form|Router|Mutation|Effect|Ref|Formik)\b|\bonSubmit\b|\bonClick\b/.test(text)
  );
}

/** The first place at which a token of a reset is made. */
export function findRequest(repo: Repo, base: CodeBase, files: readonly string[]): ResetRequest | undefined {
  for (const path of files) {
    const code = withoutComments(repo, path);
    const at = tokenAt(repo, path, code) ?? namedRequest(path, code);
    const module = at === undefined ? undefined : peekModule(repo, path);
    const piece = module && at !== undefined ? pieceAt(module, at) : undefined;
    if (at !== undefined) return requestAt(repo, base, { path, at }, piece);
  }
  return firstOf(files, (path) => libraryRequest(path, withoutComments(repo, path)));
}

function firstOf<T>(paths: readonly string[], look: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = look(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A token for a confirmation or a session is made in the same files; the one that counts is in code of a reset. */
function tokenAt(repo: Repo, path: string, code: string): number | undefined {
  const all = [...code.matchAll(new RegExp(words.MAKES_TOKEN.source, 'gi'))].map(({ index }) => index);
  if (all.length === 0) return undefined;
  const module = peekModule(repo, path);
  if (!module) return all[0];
  const around = (at: number) => {
    const inner = nodesAt(module, at).findLast(
      (node) => isFunction(node) || node.type === 'MethodDefinition',
    );
    const head = inner ? code.slice(Math.max(0, inner.start - 80), inner.end) : '';
    return /verif|confirm|session|refresh|invite/i.test(head) && !words.RESET_WORDS.test(head) ? '' : head;
  };
  const isNamed = words.RESET_PATH.test(path);
  return all.find((at) => words.RESET_WORDS.test(around(at)) || (isNamed && around(at) !== ''));
}

/** A handler or an action whose name says what it does, wherever its token is made. */
function namedRequest(path: string, code: string): number | undefined {
  const isHandler = /(^|\/)api\/|\/route\.[jt]s$/.test(path) || /['"]use server['"]/.test(code);
  return isHandler && /forg[eo]t|request/i.test(path) ? Math.max(code.search(/export/), 0) : undefined;
}

/** The mail of a reset that the sign-in library makes the token of; it keeps the hash, and an expiry. */
const LIBRARY_MAIL = /\bSendVerificationRequestParams\b|\bsendVerificationRequest\b/;

function libraryRequest(path: string, code: string): ResetRequest | undefined {
  const mail = words.RESET_PATH.test(path) || words.RESET_CODE.test(code) ? LIBRARY_MAIL.exec(code) : null;
  return mail
    ? { path, at: mail.index, mails: true, expires: true, digests: true, limits: true, logged: undefined }
    : undefined;
}

function requestAt(repo: Repo, base: CodeBase, place: Handler, piece: Piece | undefined): ResetRequest {
  const roots = piece ? [piece, ...callersOf(repo, base, piece)] : [];
  const pieces = roots.flatMap((root) => withCalled(repo, base, root));
  const code = pieces.map(codeOf).join('\n') || withoutComments(repo, place.path);
  const logged = pieces.flatMap((each) => {
    const at = loggedLink(each);
    return at === undefined ? [] : [{ path: each.module.path, at }];
  });
  return {
    ...place,
    mails: sendsMail(repo, base, pieces),
    expires: words.EXPIRES.test(code),
    digests: pieces.some((each) => isAboutReset(each) && words.DIGESTS.test(codeOf(each))),
    limits: words.LIMITS.test(code),
    logged: logged[0],
  };
}

/** What else is hashed behind a request, such as the key of a session, says nothing about its token. */
function isAboutReset(piece: Piece): boolean {
  const code = codeOf(piece);
  return (
    words.RESET_PATH.test(piece.module.path) || words.RESET_WORDS.test(code) || words.MAKES_TOKEN.test(code)
  );
}

/** What a token is called where one comes in, and a session that a mailed code has started. */
const TOKEN = /token|\botp\b|\bcode\b(?!\s*:)/i;
const SESSION = /session\.user|getServerSession|\bauth\(\)/;

/** The first place at which a password is set by a token, or in a session that one has started. */
export function findReset(repo: Repo, base: CodeBase, files: readonly string[]): Reset | undefined {
  return (
    firstOf(files, (path) => resetIn(repo, base, path, TOKEN)) ??
    firstOf(files, (path) => resetIn(repo, base, path, SESSION))
  );
}

function resetIn(repo: Repo, base: CodeBase, path: string, asked: RegExp): Reset | undefined {
  const code = withoutComments(repo, path);
  const module = asked.test(code) ? peekModule(repo, path) : undefined;
  const at = module && setterAt(module, code);
  const piece = module && at !== undefined ? pieceAt(module, at) : undefined;
  if (!piece || at === undefined) return undefined;
  const roots = [piece, ...callersOf(repo, base, piece)];
  const all =
    roots
      .flatMap((root) => withCalled(repo, base, root))
      .map(codeOf)
      .join('\n') + code;
  return {
    path,
    at,
    singleUse: asked === SESSION || words.ENDS.test(all),
    endsSessions: words.ENDS_SESSIONS.test(all),
  };
}

/** `{ passwordHash, … }`. */
const SHORTHAND = /(?<=[{,]\s{0,40})\w*pass(?:word|wd)\w*\s*[,}]/i;
const SETTERS =
  /^(?:update|set|save|change|reset|put|patch|execute|run|query|insert|findOneAndUpdate|findByIdAndUpdate)/i;

/** Where a module sets a password: what a call that writes is handed, or a field of a record. */
function setterAt(module: SourceModule, code: string): number | undefined {
  const calls = module.program.body
    .flatMap(callsIn)
    .filter(({ callee }) => SETTERS.test(lastName(callee) ?? ''));
  for (const { start, end } of calls) {
    const words = code.slice(start, end);
    const set = SETS_PASSWORD.exec(words) ?? SHORTHAND.exec(words);
    if (set) return start + set.index;
  }
  const field = /\.\w*(?:password|passwd)\w*\s*=(?!=)/i.exec(code);
  return field && /\bsave\(|update|persist|flush/i.test(code) ? field.index : undefined;
}
