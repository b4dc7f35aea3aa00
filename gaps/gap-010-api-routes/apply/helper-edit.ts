import type { BlockStatement } from 'oxc-parser';
import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { fileEdit } from './route-edit.ts';
import { collect, source } from './tree.ts';
import { upstreamEdit } from './upstream-edit.ts';

/** A helper through which routes ask a service, with every such place edited; undefined where one is not known. */
export function helperEdit(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const module = repo.module(path);
  const bodies = collect(module.program, (node) =>
    /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type) && 'body' in node
      ? asking(module.text, node.body)
      : undefined,
  );
  const edits = bodies.map((body) => upstreamEdit(module.text, body));
  const parts = edits.flatMap((edit) =>
    edit ? [{ spans: edit.spans, imports: { 'lib/api/upstream.ts': edit.imports } }] : [],
  );
  const isWhole = parts.length > 0 && parts.length === edits.length;
  return isWhole ? fileEdit(repo, app, module, parts) : undefined;
}

function asking(text: string, body: unknown): BlockStatement | undefined {
  return isBlock(body) && /\bfetch\(/.test(source(text, body)) ? body : undefined;
}

function isBlock(body: unknown): body is BlockStatement {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'BlockStatement';
}
