import type { CallExpression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { propertyOf } from '../../../src/read/sign-in/credentials-providers.ts';
import { lastName, ownFunction } from '../../../src/read/sign-in/own-functions.ts';
import { MAIL_API, MAILER, SENDS } from '../tables.ts';
import { callsIn, codeOf, type Piece } from './reset-code.ts';

/** Whether one of these pieces hands a recipient and a text to something that sends it. */
export function sendsMail(repo: Repo, base: CodeBase, pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => {
    if (/new \w{0,40}Send\w{0,40}Command\(|new Send\w{0,40}Request\(/.test(codeOf(piece))) return true;
    return callsIn(piece.node).some((call) => isMail(repo, base, piece.module, call));
  });
}

/** What takes a message to send it later, from elsewhere. */
const QUEUES = /^(?:en)?[qQ]ueue(?:[A-Z_]|$)/;

/** A function of the repository sends by what it does itself, which is among the pieces, unless it puts into a queue. */
function isMail(repo: Repo, { app }: CodeBase, module: SourceModule, call: CallExpression): boolean {
  const { callee, arguments: given } = call;
  const name = lastName(callee) ?? '';
  if (given.length === 0) return false;
  if (ownFunction(repo, app, module, callee)) return QUEUES.test(name) && given.some(isMessage);
  const words = module.text.slice(callee.start, callee.end);
  if (/^(?:\$?fetch|post|request|axios|got|ky)$/.test(name))
    return MAIL_API.test(module.text.slice(call.start, call.end));
  if (!SENDS.test(name)) return false;
  return MAILER.test(words) || given.some(isMessage);
}

/** What says to whom, and what. */
function isMessage(node: Node): boolean {
  if (node.type !== 'ObjectExpression') return false;
  const has = (names: readonly string[]) => names.some((name) => propertyOf(node, name) !== undefined);
  return (
    has(['to', 'recipient', 'recipients', 'destination', 'toAddress', 'email']) &&
    has([
      'text',
      'html',
      'react',
      'subject',
      'body',
      'template',
      'templateId',
      'message',
      'content',
      'link',
      'url',
    ])
  );
}
