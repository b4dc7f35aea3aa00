import type { Repo, SourceModule } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/client-code.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isPage } from '../../../src/read/next/named-pages.ts';
import { isFunction, lastName } from '../../../src/read/sign-in/own-functions.ts';
import * as words from '../tables.ts';
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
export function resetFiles(repo: Repo, { app, code }: CodeBase): readonly string[] {
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
    const code = blankComments(repo.peek(path) ?? '');
    const at = tokenAt(repo, path, code) ?? namedRequest(path, code);
    const module = at === undefined ? undefined : peekModule(repo, path);
    const piece = module && at !== undefined ? pieceAt(module, at) : undefined;
    if (at === undefined) continue;
    return requestAt(repo, base, { path, at }, piece);
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

function namedRequest(path: string, code: string): number | undefined {
  const isNamed = /forg[eo]t|request/i.test(path) && /\bPOST\b|export default|['"]use server['"]/.test(code);
  return isNamed ? Math.max(code.search(/export/), 0) : undefined;
}

function requestAt(repo: Repo, base: CodeBase, place: Handler, piece: Piece | undefined): ResetRequest {
  const roots = piece ? [piece, ...callersOf(repo, base, piece)] : [];
  const pieces = roots.flatMap((root) => withCalled(repo, base, root));
  const code = pieces.map(codeOf).join('\n') || blankComments(repo.peek(place.path) ?? '');
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

/** The first place at which a password is set by a token. */
export function findReset(repo: Repo, base: CodeBase, files: readonly string[]): Reset | undefined {
  for (const path of files) {
    const code = blankComments(repo.peek(path) ?? '');
    const module = /token|\bcode\b|\botp\b/i.test(code) ? peekModule(repo, path) : undefined;
    const at = module && setterAt(module, code);
    if (!module || at === undefined) continue;
    const piece = pieceAt(module, at);
    const pieces = piece
      ? [piece, ...callersOf(repo, base, piece)].flatMap((root) => withCalled(repo, base, root))
      : [];
    const all = pieces.map(codeOf).join('\n') + code;
    return {
      path,
      at,
      singleUse: words.ENDS.test(all),
      endsSessions: words.ENDS_SESSIONS.test(all),
    };
  }
  return undefined;
}

const SETTERS =
  /^(?:update|set|save|change|reset|put|patch|execute|run|query|insert|findOneAndUpdate|findByIdAndUpdate)/i;

/** Where a module sets a password: what a call that writes is handed, or a field of a record. */
function setterAt(module: SourceModule, code: string): number | undefined {
  const calls = module.program.body
    .flatMap(callsIn)
    .filter(({ callee }) => SETTERS.test(lastName(callee) ?? ''));
  for (const { start, end } of calls) {
    const set = words.SETS_PASSWORD.exec(code.slice(start, end));
    if (set) return start + set.index;
  }
  const field = /\.\w*(?:password|passwd)\w*\s*=(?!=)/i.exec(code);
  return field && /\bsave\(|update|persist|flush/i.test(code) ? field.index : undefined;
}
