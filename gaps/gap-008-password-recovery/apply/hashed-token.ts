import type { Expression, Node, ObjectExpression } from 'oxc-parser';
import type { Edit, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { childrenOf, holds, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isFunction, lastName, nameOf } from '../../../src/read/sign-in/own-functions.ts';

import type { Handler } from '../read/reset-code.ts';

const WRITES = /^(?:create|update|upsert|insert|set|save|findOneAndUpdate|findByIdAndUpdate)/i;
const READS = /^(?:find|get|select|update|delete|query)/i;
/** Where this gap may edit. */
const EDITABLE = /(^|\/)lib\/.+\.ts$|(^|\/)app\/(?:.+\/)?route\.ts$/;

/** A field of a record with the value that it is given. */
interface Field {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly value: Expression;
}

/**
 * Keeps the SHA-256 of the token where it is written, and looks for that where it comes back; undefined where either
 * place is not the one that it must be.
 */
export function hashedTokenEdits(repo: Repo, request: Handler, reset: Handler): readonly Edit[] | undefined {
  if (![request, reset].every(({ path }) => EDITABLE.test(path))) return undefined;
  const made = repo.module(request.path);
  const token = tokenName(made, request.at);
  const around = nodesAt(made, request.at).findLast(isFunction);
  const kept = around && token ? fieldsIn(around, WRITES).filter(({ value }) => isName(value, token)) : [];
  const [field] = kept;
  if (!field || kept.length !== 1) return undefined;
  const taken = repo.module(reset.path);
  const inside = nodesAt(taken, reset.at).findLast(isFunction);
  const asked = inside
    ? fieldsIn(inside, READS).filter((each) => each.name === field.name && isTyped(each))
    : [];
  if (asked.length === 0) return undefined;
  const fields =
    request.path === reset.path
      ? ([[made, [field, ...asked]]] as const)
      : ([
          [made, [field]],
          [taken, asked],
        ] as const);
  const edits = fields.map(([module, found]) => hashed(repo, module, found));
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

function hashed(repo: Repo, module: SourceModule, fields: readonly Field[]): Edit | undefined {
  const { path, text } = module;
  const imported = addImport(path, text, { module: 'node:crypto', named: ['createHash'] });
  if ('refused' in imported) return undefined;
  const { quote } = styleOf(text);
  const [sha, hex] = ['sha256', 'hex'].map((word) => `${quote}${word}${quote}`);
  const spans = fields.map(({ name, start, end, value }): Span => {
    const words = text.slice(value.start, value.end);
    return { start, end, text: `${name}: createHash(${sha}).update(${words}).digest(${hex})` };
  });
  return splice(repo, path, [...imported.spans, ...spans]);
}

/** The constant that a token gets where it is made. */
function tokenName(module: SourceModule, at: number): string | undefined {
  const declared = nodesAt(module, at).findLast((node) => node.type === 'VariableDeclarator');
  return declared?.type === 'VariableDeclarator' &&
    declared.id.type === 'Identifier' &&
    declared.init &&
    holds(declared.init, at)
    ? declared.id.name
    : undefined;
}

function isName(value: Expression, name: string): boolean {
  return value.type === 'Identifier' && value.name === name;
}

/** What came in, as it stands: nothing that is emptied, compared or hashed already. */
function isTyped({ value }: Field): boolean {
  return value.type === 'Identifier' ? value.name !== 'undefined' : value.type === 'MemberExpression';
}

/** The fields about tokens in what such calls are handed. */
function fieldsIn(node: Node, calls: RegExp): readonly Field[] {
  const own =
    node.type === 'CallExpression' && calls.test(lastName(node.callee) ?? '')
      ? node.arguments.flatMap((each) => (each.type === 'ObjectExpression' ? tokenFields(each) : []))
      : [];
  return [...own, ...childrenOf(node).flatMap((child) => fieldsIn(child, calls))];
}

function tokenFields({ properties }: ObjectExpression): readonly Field[] {
  return properties.flatMap((property): readonly Field[] => {
    if (property.type !== 'Property') return [];
    const { key, value, start, end } = property;
    if (value.type === 'ObjectExpression') return tokenFields(value);
    const name = nameOf(key);
    return name !== undefined && /token(?!.*(?:exp|at$))/i.test(name) ? [{ name, start, end, value }] : [];
  });
}
