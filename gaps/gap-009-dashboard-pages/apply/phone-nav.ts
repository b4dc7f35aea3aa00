import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { type Tag, tagsOf } from '../../../src/edit/tags.ts';
import { indentOf, indentUnitOf } from '../../../src/edit/ts-file.ts';
import { hiddenBox } from '../read/phone-navigation.ts';
import type { Outcome, PageContext } from './page-part.ts';

/** Shows the navigation on narrow screens too: behind a button, above what stands beside it. */
export function phoneNavPart({ module }: Pick<PageContext, 'module'>, at: number): Outcome {
  const { text } = module;
  const tags = tagsOf(module);
  const nav = tags.find(({ start }) => start === at);
  const hidden = nav && hiddenBox(nav);
  const beside =
    hidden && tags.find((tag) => tag.parent === hidden.box.parent && tag.start > hidden.box.start);
  if (!nav || !hidden || !beside) return { refused: 'has nothing beside its navigation' };
  const spans = firstInside(text, beside, ['<PhoneNav>', `  <${nav.name} />`, '</PhoneNav>']);
  if (hidden.from !== 'lg' || !spans) return { refused: 'has no room for it' };
  return { spans, imports: [{ file: 'components/dashboard/PhoneNav.tsx', name: 'default' }], files: [] };
}

/** Lines as the first ones inside of an element; one whose children stand on its own line is opened up. */
function firstInside(text: string, tag: Tag, lines: readonly string[]): readonly Span[] | undefined {
  if (!tag.closing) return undefined;
  const unit = indentUnitOf(text);
  const indent = indentOf(text, tag.start);
  const block = lines.map((line) => `\n${indent}${unit}${line.replace(/^ {2}/, unit)}`).join('');
  const inner = text.slice(tag.openEnd, tag.closing.start);
  if (inner.startsWith('\n')) return [insertion(tag.openEnd, block)];
  if (inner.includes('\n')) return undefined;
  return [insertion(tag.openEnd, `${block}\n${indent}${unit}`), insertion(tag.closing.start, `\n${indent}`)];
}
