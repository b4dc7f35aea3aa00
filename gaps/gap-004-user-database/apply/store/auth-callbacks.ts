import type { ObjectExpression, ObjectProperty } from 'oxc-parser';
import type { SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { aboveComments, bodySpan, type Callable, callable, callsOnlyHarmless } from './auth-functions.ts';

/** What a callback reads and writes that hands id and role on; with any other name it does more. */
const HANDED_ON =
  /^(token|user|session|account|profile|trigger|id|userId|role|name|email|image|picture|sub|expires)$/;

/** The edits of the callbacks, or why they cannot be edited. */
export function callbackSpans(
  module: SourceModule,
  callbacks: ObjectExpression,
): { readonly spans: readonly Span[] } | { readonly refused: string } {
  const properties = callbacks.properties.flatMap((each) => (each.type === 'Property' ? [each] : []));
  const named = (name: string) =>
    properties.find(({ key }) => key.type === 'Identifier' && key.name === name);
  const [jwt, session, signIn] = [named('jwt'), named('session'), named('signIn')];
  if (signIn) return { refused: 'it has a signIn callback of its own' };
  const shown = session && callable(session);
  if (!shown || !/\.role\b/.test(module.text.slice(shown.start, shown.end)))
    return { refused: 'its session callback does not hand the role on' };
  if (!takes(module, shown, 'session', 'token') || !handsOnOnly(module, shown))
    return { refused: 'its session callback does more than hand id and role on' };
  const token = jwt && callable(jwt);
  if (!token || !takes(module, token, 'token', 'user') || !handsOnOnly(module, token))
    return { refused: 'its jwt callback does more than put id and role into the token' };
  const entry = signInEntry(module, jwt);
  const bodies = [
    bodySpan(module, token, 'return tokenOfRow(token, user, isOwnerEmail)'),
    bodySpan(module, shown, 'return sessionOfToken(session, token)'),
  ].filter((span) => span !== undefined);
  if (bodies.length < 2 || !entry) return { refused: 'its callbacks are written in one line' };
  return { spans: [entry, ...bodies] };
}

/** Whether a callback takes these from its one argument, under their own names. */
export function takes({ text }: SourceModule, { params }: Callable, ...names: readonly string[]): boolean {
  const [pattern] = params;
  if (pattern?.type !== 'ObjectPattern') return false;
  const taken = text.slice(pattern.start + 1, pattern.end - 1).split(',');
  return names.every((name) => taken.some((each) => each.trim() === name));
}

/** Whether a callback calls nothing of its own and touches nothing but who somebody is. */
function handsOnOnly(module: SourceModule, range: Callable): boolean {
  if (!callsOnlyHarmless(module, range)) return false;
  const names: string[] = [];
  const isInside = ({ start, end }: { readonly start: number; readonly end: number }) =>
    start >= range.start && end <= range.end;
  walk(module, {
    MemberExpression: (node) => {
      if (!isInside(node)) return;
      const { property } = node;
      names.push(property.type === 'Identifier' && !node.computed ? property.name : 'computed');
    },
    Property: (node) => {
      if (isInside(node)) names.push(node.key.type === 'Identifier' ? node.key.name : 'computed');
    },
  });
  return names.every((name) => HANDED_ON.test(name) || /^(toLowerCase|trim)$/.test(name));
}

function signInEntry({ text }: SourceModule, before: ObjectProperty): Span | undefined {
  const start = lineStart(text, before.start);
  const indent = indentOf(text, before.start);
  if (text.slice(start, before.start) !== indent) return undefined;
  const { semicolon } = styleOf(text);
  const lines = [
    'async signIn({ user, account, profile }) {',
    `${indentUnitOf(text)}return keepGoogleUser(user, account, profile, isOwnerEmail)${semicolon}`,
    '},',
  ];
  return insertion(aboveComments(text, start), lines.map((line) => `${indent}${line}\n`).join(''));
}
