import type { ArrowFunctionExpression } from 'oxc-parser';
import type { ManualStep, Repo, Span } from '../../../../src/contract.ts';
import { isField, labelOf, labelSpans } from '../../../../src/edit/labels.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import {
  addAttributes,
  attributeValue,
  lineage,
  renameTag,
  type Tag,
  tagsOf,
} from '../../../../src/edit/tags.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../../src/edit/ts-file.ts';
import { arrowFunctions, isClient, lineAfter, openingSpan } from './component.ts';
import { ADDRESS_MAX, LINE_MAX, type Need, type PageEdit } from './page-edit.ts';
import { pendingSpans } from './pending.ts';

const HOOK: Need = { file: 'hooks/useProfile.tsx', name: 'useProfile', isDefault: false };
const SELECT: Need = { file: 'components/auth/ProfileSelect.tsx', name: 'ProfileSelect', isDefault: true };
const PENDING = { when: 'profile.isPending', says: 'Saving…' };

/** What a field is about by its label, and the name under which the profile route takes it. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^e-?mail( address)?$/i, 'email'],
  [/^((display|full|your) )?name$/i, 'name'],
  [/^workspace name$/i, 'workspaceName'],
  [/^industry$/i, 'industry'],
  [/^time ?zone$/i, 'timezone'],
  [/^(avatar|picture|photo)( url)?$/i, 'avatarUrl'],
];

/** A field of the page and what it is called in the profile. */
type Named = readonly [tag: Tag, name: string];

/**
 * The Save button stores the fields that the profile knows; they show what is stored.
 * @throws SourceError when the page does not parse.
 */
export function settingsEdit(repo: Repo, path: string): PageEdit {
  const module = repo.module(path);
  const { text } = module;
  if (!isClient(module)) return { refused: 'it is no client component' };
  const tags = tagsOf(module);
  const [button, ...more] = tags.filter(isSave);
  if (!button || more.length > 0) return { refused: 'no one button of it says that it saves' };
  const handler = arrowFunctions(module).get(attributeValue(button, 'onClick') ?? '');
  if (!handler || handler.params.length > 0 || handler.async)
    return { refused: 'the handler of its Save button is not a plain arrow function in this file' };
  const named = namedFields(text, tags, button);
  if ('refused' in named) return named;
  const opening = openingSpan(module, [`const profile = ${HOOK.name}()`]);
  const holder = lineage(button).at(-2);
  if (!opening || !holder) return { refused: 'its component is not a function that returns one element' };
  return {
    spans: [
      opening,
      ...saveSpans(text, handler),
      ...pendingSpans(module, button, PENDING),
      lineAfter(text, holder, '{profile.notice}'),
      ...named.flatMap((each) => fieldSpans(text, tags, each)),
    ],
    needs: named.some(([tag]) => isChoice(tag)) ? [HOOK, SELECT] : [HOOK],
    names: ['profile'],
    steps: leftSteps(path, text, tags, named),
  };
}

function namedFields(
  text: string,
  tags: readonly Tag[],
  button: Tag,
): readonly Named[] | { readonly refused: string } {
  const root = lineage(button).at(-1);
  const named = tags.flatMap((tag): readonly Named[] => {
    const name = fieldName(text, tags, tag);
    return name !== undefined && root && lineage(tag).includes(root) ? [[tag, name]] : [];
  });
  if (!named.some(([, name]) => name !== 'email'))
    return { refused: 'none of its fields belongs to a profile' };
  if (
    named.some(
      ([tag]) => ['value', 'ref'].some((name) => attributeValue(tag, name) !== undefined) || tag.hasSpread,
    )
  )
    return { refused: 'its fields take their values from a state' };
  if (new Set(named.map(([, name]) => name)).size < named.length)
    return { refused: 'two of its fields have the same label' };
  return named;
}

/** What the handler says is true once the server has stored it. */
function saveSpans(text: string, { start, body, expression }: ArrowFunctionExpression): readonly Span[] {
  const { semicolon } = styleOf(text);
  const indent = indentOf(text, start);
  const deeper = indent + indentUnitOf(text);
  const guard = `if (!(await profile.save())) return${semicolon}`;
  if (!expression) return [insertion(start, 'async '), insertion(body.start + 1, `\n${deeper}${guard}`)];
  return [
    insertion(start, 'async '),
    insertion(body.start, `{\n${deeper}if (await profile.save()) `),
    insertion(body.end, `${semicolon}\n${indent}}`),
  ];
}

/** An address is changed by proving the new one, which a Save button does not. */
function fieldSpans(text: string, tags: readonly Tag[], [tag, name]: Named): readonly Span[] {
  const { quote } = styleOf(text);
  const value =
    name === 'email' ? 'value={profile.email} readOnly' : `{...profile.field(${quote}${name}${quote})}`;
  const old = tag.attributes.find((attribute) => attribute.name === 'defaultValue');
  const given = old
    ? [{ start: old.start, end: old.end, text: value }]
    : [insertion(tag.attributes.find((each) => each.name === 'type')?.end ?? tag.nameEnd, ` ${value}`)];
  const label = labelOf(text, tags, tag);
  const limit = name === 'avatarUrl' ? ADDRESS_MAX : LINE_MAX;
  return [
    ...labelSpans(text, tags, tag, { id: name, name: label }),
    ...given,
    ...(isChoice(tag) || name === 'email' ? [] : addAttributes(text, tag, [`maxLength={${limit}}`])),
    ...(isChoice(tag) ? renameTag(tag, SELECT.name) : []),
  ];
}

function isChoice({ name }: Tag): boolean {
  return name === 'select';
}

function isSave(tag: Tag): boolean {
  return tag.name === 'button' && attributeValue(tag, 'onClick') !== undefined && /\bSave\b/.test(tag.words);
}

function fieldName(text: string, tags: readonly Tag[], tag: Tag): string | undefined {
  if (!isField(tag)) return undefined;
  const label = labelOf(text, tags, tag);
  return FIELDS.find(([pattern]) => pattern.test(label))?.[1];
}

/** What the Save button leaves alone. */
function leftSteps(
  path: string,
  text: string,
  tags: readonly Tag[],
  named: readonly Named[],
): readonly ManualStep[] {
  const labels = tags
    .filter((tag) => isField(tag) && !named.some(([known]) => known === tag))
    .map((tag) => labelOf(text, tags, tag) || wordsBeside(tags, tag));
  if (labels.length === 0) return [];
  return [
    {
      title: `In ${path}, give these a meaning or take them out, for the Save button does not store them: ${labels.join(', ')}`,
      why: 'Nothing in the application obeys them, so storing them would only look as if it did.',
      seenBy: 'It cannot be seen by reading: a person knows what the field is to do.',
    },
  ];
}

/** What stands beside a field without a label, where it is the only field there, for people. */
function wordsBeside(tags: readonly Tag[], tag: Tag): string {
  const { parent } = tag;
  const around = tags.filter((other) => parent !== undefined && lineage(other).slice(1).includes(parent));
  const beside = around.find(({ name, start }) => start < tag.start && /^(p|span|h\d)$/.test(name));
  const isAlone = around.filter(isField).length === 1;
  return (isAlone && beside?.words) || `a <${tag.name}> without a label`;
}
