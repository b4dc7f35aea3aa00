import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import {
  addAttributes,
  attributeValue,
  lineage,
  staticClass,
  type Tag,
  tagsOf,
} from '../../../src/edit/tags.ts';
import { indentOf, lineStart } from '../../../src/edit/ts-file.ts';
import type { Outcome, PageContext } from './page-part.ts';

const LOOK = 'disabled:cursor-not-allowed disabled:opacity-50';

/** Grays out buttons that do nothing, and says on the page why; `starts` are where they stand. */
export function buttonsPart(page: PageContext, starts: readonly number[]): Outcome {
  const tags = tagsOf(page.module);
  const buttons = tags.filter(({ start }) => starts.includes(start));
  const note = noteSpan(page, tags);
  if (buttons.length < starts.length || !note) return { refused: 'has no heading that a note could follow' };
  return {
    spans: [...buttons.flatMap((button) => disabledSpans(page, button)), note],
    imports: [{ file: 'components/dashboard/NotAvailable.tsx', name: 'default' }],
    files: [],
  };
}

/** What makes a button one that cannot be pressed, with a look and a reason. */
export function disabledSpans({ module: { text } }: PageContext, button: Tag): readonly Span[] {
  return [
    ...addAttributes(text, button, ['disabled', 'aria-describedby="not-available"']),
    ...lookSpans(text, button),
  ];
}

/** Lets a button look as it is while it cannot be pressed. */
export function lookSpans(text: string, button: Tag): readonly Span[] {
  const look = staticClass(text, button);
  return look && !/\bdisabled:/.test(look.value) ? [insertion(look.end, ` ${LOOK}`)] : [];
}

/** Below the heading of the page: below the section that holds it, where it has one. */
function noteSpan({ module: { text } }: PageContext, tags: readonly Tag[]): Span | undefined {
  const heading = tags.find(({ name }) => name === 'h1');
  const around = heading ? lineage(heading) : [];
  const above =
    around.slice(0, -1).find(({ name }) => name === 'header' || name === 'section') ?? around.at(-2);
  if (!above || attributeValue(above, 'id') === 'not-available') return undefined;
  const isOwnLine = text.slice(lineStart(text, above.start), above.start).trim() === '';
  return isOwnLine ? insertion(above.end, `\n${indentOf(text, above.start)}<NotAvailable />`) : undefined;
}
