import type { Repo, Span } from '../../src/contract.ts';
import { insertion } from '../../src/edit/outcome.ts';
import { addAttributes, attributeValue, lineage, type Tag, tagsOf } from '../../src/edit/tags.ts';
import { arrowFunctions, hookSpan, isClient, lineAfter } from './component.ts';
import type { Need, PageEdit } from './sign-in-page.ts';

const HOOK: Need = { file: 'hooks/useProfile.tsx', name: 'useProfile', isDefault: false };

/** What a field is about by its label, and the name under which the profile route takes it. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^e-?mail( address)?$/i, 'email'],
  [/^((display|full|your) )?name$/i, 'name'],
  [/^workspace name$/i, 'workspaceName'],
  [/^industry$/i, 'industry'],
  [/^time ?zone$/i, 'timezone'],
  [/^(avatar|picture|photo)( url)?$/i, 'avatarUrl'],
];

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
  const around = lineage(button);
  const root = around.at(-1);
  const holder = around.at(-2);
  const named = tags.flatMap((tag): readonly (readonly [Tag, string])[] => {
    const name = fieldName(tags, tag);
    return name !== undefined && root && lineage(tag).includes(root) ? [[tag, name]] : [];
  });
  if (!named.some(([, name]) => name !== 'email'))
    return { refused: 'none of its fields belongs to a profile' };
  if (named.some(([tag]) => attributeValue(tag, 'value') !== undefined || tag.hasSpread))
    return { refused: 'its fields take their values from a state' };
  if (new Set(named.map(([, name]) => name)).size < named.length)
    return { refused: 'two of its fields have the same label' };
  const hook = hookSpan(module, 'profile', HOOK.name);
  const isPlain = root && /^(div|section|main)$/.test(root.name) && attributeValue(root, 'ref') === undefined;
  if (!hook || !holder || !root || !isPlain || root.hasSpread)
    return { refused: 'its component is not a function that returns one element' };
  return {
    spans: [
      hook,
      insertion(handler.start, 'profile.onSave('),
      insertion(handler.end, ')'),
      insertion(root.nameEnd, ' ref={profile.fields}'),
      lineAfter(text, holder, '{profile.notice}'),
      ...named.flatMap(([tag, name]) => fieldSpans(text, tag, name)),
    ],
    needs: [HOOK],
    left: tags
      .filter((tag) => isField(tag) && !named.some(([known]) => known === tag))
      .map((tag) => labelOf(tags, tag) || wordsBeside(tags, tag)),
  };
}

/** An address is changed by proving the new one, which a Save button does not. */
function fieldSpans(text: string, tag: Tag, name: string): readonly Span[] {
  return addAttributes(text, tag, name === 'email' ? [`name="${name}"`, 'readOnly'] : [`name="${name}"`]);
}

function isSave(tag: Tag): boolean {
  return tag.name === 'button' && attributeValue(tag, 'onClick') !== undefined && /\bSave\b/.test(tag.words);
}

function isField({ name }: Tag): boolean {
  return /^(input|select|textarea)$/.test(name);
}

function fieldName(tags: readonly Tag[], tag: Tag): string | undefined {
  if (!isField(tag)) return undefined;
  const label = labelOf(tags, tag);
  return FIELDS.find(([pattern]) => pattern.test(label))?.[1];
}

/** The label around a field, that which names its id, or the nearest one before it that holds no field itself. */
function labelOf(tags: readonly Tag[], tag: Tag): string {
  const id = attributeValue(tag, 'id');
  const around = lineage(tag).find(({ name }) => name === 'label');
  const beside = tags.findLast(
    (other) =>
      other.name === 'label' &&
      other.start < tag.start &&
      (id !== undefined && attributeValue(other, 'htmlFor') !== undefined
        ? attributeValue(other, 'htmlFor') === id
        : other.parent === tag.parent && !tags.some((field) => isField(field) && field.parent === other)),
  );
  return (around ?? beside)?.words ?? attributeValue(tag, 'aria-label') ?? '';
}

/** What stands beside a field without a label, where it is the only field there, for people. */
function wordsBeside(tags: readonly Tag[], tag: Tag): string {
  const { parent } = tag;
  const around = tags.filter((other) => parent !== undefined && lineage(other).slice(1).includes(parent));
  const beside = around.find(({ name, start }) => start < tag.start && /^(p|span|h\d)$/.test(name));
  const isAlone = around.filter(isField).length === 1;
  return (isAlone && beside?.words) || `a <${tag.name}> without a label`;
}
