import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/client-code.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isPage } from '../../../src/read/next/named-pages.ts';
import { type FunctionNode, isFunction, lastName } from '../../../src/read/sign-in/own-functions.ts';
import * as words from '../tables.ts';
import { SETS_PASSWORD } from '../tables.ts';
import { callersOf, callsIn, codeOf, firstOf, type Handler, pieceAt, withCalled } from './reset-code.ts';

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

/** The functions that set a password by a signed token, and look at nothing that would end it. */
export function reusableResets(repo: Repo, base: CodeBase, files: readonly string[]): readonly Handler[] {
  return files.flatMap((path): readonly Handler[] => {
    const module = repo.mentions(path, words.VERIFIES_SIGNED) ? peekModule(repo, path) : undefined;
    if (!module) return [];
    const verified = [...module.withoutComments.matchAll(new RegExp(words.VERIFIES_SIGNED.source, 'gi'))];
    return verified.flatMap(({ index }): readonly Handler[] => {
      const node = nodesAt(module, index).findLast(
        (each): each is FunctionNode =>
          isFunction(each) && SETS_PASSWORD.test(codeOf({ module, node: each })),
      );
      if (!node || !words.RESET_WORDS.test(headOf(module, node) + codeOf({ module, node }))) return [];
      const all = withCalled(repo, base, { module, node }).map(codeOf).join('\n');
      const set = [...codeOf({ module, node }).matchAll(new RegExp(SETS_PASSWORD.source, 'gi'))].at(-1);
      return words.ENDS.test(all) ? [] : [{ path, at: node.start + (set?.index ?? 0) }];
    });
  });
}

/** What stands before a function names it: `const reset = `, `router.post('/reset', `. */
function headOf({ withoutComments }: SourceModule, { start }: Node): string {
  return withoutComments.slice(Math.max(0, start - 120), start);
}

/** `{ passwordHash, … }`. */
const SHORTHAND = /(?<=[{,]\s{0,40})\w{0,40}pass(?:word|wd)\w{0,40}\s*[,}]/i;
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
  const field = /\.\w{0,40}(?:password|passwd)\w{0,40}\s*=(?!=)/i.exec(code);
  return field && /\bsave\(|update|persist|flush/i.test(code) ? field.index : undefined;
}
