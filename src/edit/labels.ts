import type { Span } from '../contract.ts';
import { insertion } from './outcome.ts';
import { addAttributes, attributeValue, lineage, type Tag } from './tags.ts';

/** Whether a tag takes input. */
export function isField({ name }: Tag): boolean {
  return /^(input|select|textarea)$/i.test(name);
}

/** The words that name a field for people; '' where nothing does. */
export function labelOf(text: string, tags: readonly Tag[], tag: Tag): string {
  const label = labelTag(tags, tag);
  if (!label) return attributeValue(tag, 'aria-label') ?? '';
  // Around a list of choices, the label's own words come first.
  const inner = tags.find(({ parent }) => parent === label);
  const isAround = inner !== undefined && lineage(tag).includes(label);
  return isAround ? text.slice(label.openEnd, inner.start).replace(/\s+/g, ' ').trim() : label.words;
}

/** The label around a field, that which names its id, or the nearest one before it that holds no field itself. */
function labelTag(tags: readonly Tag[], tag: Tag): Tag | undefined {
  const around = lineage(tag).find(({ name }) => name === 'label');
  return around ?? tags.findLast((other) => isBefore(tags, other, tag));
}

function isBefore(tags: readonly Tag[], label: Tag, field: Tag): boolean {
  if (label.name !== 'label' || label.start > field.start) return false;
  const [id, named] = [attributeValue(field, 'id'), attributeValue(label, 'htmlFor')];
  if (id !== undefined && named !== undefined) return named === id;
  return named === undefined && label.parent === field.parent && !tags.some((each) => isInside(each, label));
}

function isInside(tag: Tag, around: Tag): boolean {
  return isField(tag) && lineage(tag).slice(1).includes(around);
}

/** The label of a field in the line above it, where another element holds both that label and a link. */
function labelBeside(tags: readonly Tag[], field: Tag): Tag | undefined {
  return tags.findLast(
    (other) =>
      other.name === 'label' &&
      other.end < field.start &&
      other.parent !== undefined &&
      other.parent.parent === field.parent &&
      !tags.some((each) => isField(each) && each.start > other.end && each.end < field.start),
  );
}

/**
 * Ties a field to the label that stands beside it, so that screen readers say it and a click on it reaches the field.
 * One without a label is named by `name`.
 */
export function labelSpans(
  text: string,
  tags: readonly Tag[],
  field: Tag,
  { id, name }: { readonly id: string; readonly name: string },
): readonly Span[] {
  const isNamed =
    lineage(field).some((around) => around.name === 'label') ||
    ['aria-label', 'aria-labelledby', 'id'].some((each) => attributeValue(field, each) !== undefined);
  if (isNamed) return [];
  const label = labelTag(tags, field) ?? labelBeside(tags, field);
  const isFree = !tags.some((tag) => attributeValue(tag, 'id') === id);
  if (!label || !isFree || attributeValue(label, 'htmlFor') !== undefined)
    return addAttributes(text, field, [`aria-label="${name}"`]);
  return [insertion(label.nameEnd, ` htmlFor="${id}"`), ...addAttributes(text, field, [`id="${id}"`])];
}
