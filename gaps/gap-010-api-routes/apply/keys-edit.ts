import type { BlockStatement, CallExpression, Node } from 'oxc-parser';
import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { handlerFunction } from '../../../src/read/next/handler-function.ts';
import { fileEdit } from './route-edit.ts';
import { collect, source } from './tree.ts';
import { upstreamEdit } from './upstream-edit.ts';

const SCHEMA = 'ApiKeyList';

/**
 * The route that lists the keys, which asks for the owner already: what it answers is picked field by field, so that no
 * piece of a key is among it; undefined where it is written in a way that is not known.
 */
export function keysEdit(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const module = repo.module(path);
  const { text } = module;
  const body = handlerFunction(module, 'GET')?.body;
  if (body?.type !== 'BlockStatement' || !/\/admin\/api-keys['"`]/.test(source(text, body))) return undefined;
  const upstream = upstreamEdit(text, body);
  const answers = answersIn(text, body);
  const [answer] = answers;
  if (!upstream || !answer || answers.length > 1) return undefined;
  const spans: readonly Span[] = [
    ...upstream.spans,
    { start: answer.start, end: answer.end, text: `${SCHEMA}.parse(${source(text, answer)})` },
  ];
  const imports = { 'lib/api/schemas/api-keys.ts': [SCHEMA], 'lib/api/upstream.ts': upstream.imports };
  return fileEdit(repo, app, module, [{ spans, imports }]);
}

/** What a handler answers with of what its service said: `json(await answer.json())`, or the variable that holds it. */
function answersIn(text: string, body: BlockStatement): readonly Node[] {
  const held = collect(body, (node) =>
    node.type === 'VariableDeclarator' &&
    node.id.type === 'Identifier' &&
    node.init &&
    isSaid(text, node.init)
      ? node.id.name
      : undefined,
  );
  return collect(body, (node) => {
    const [given] = isAnswer(text, node) ? node.arguments : [];
    const isHeld = given?.type === 'Identifier' && held.includes(given.name);
    return given && (isHeld || isSaid(text, given)) ? given : undefined;
  });
}

function isAnswer(text: string, node: Node): node is CallExpression {
  return node.type === 'CallExpression' && /^(?:Next)?Response\.json$/.test(source(text, node.callee));
}

function isSaid(text: string, node: Node): boolean {
  return /^await \w+\.json\(\)$/.test(source(text, node));
}
