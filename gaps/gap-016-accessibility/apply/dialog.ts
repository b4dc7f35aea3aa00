import { insertion } from '../../../src/edit/outcome.ts';
import type { Tag } from '../../../src/edit/tags.ts';
import { declarationAt } from '../../../src/read/code/declarations.ts';
import { attributeOf, childElements, type JsxElement } from '../../../src/read/markup/markup.ts';
import { doesNothing, isClicked } from '../read/clicks.ts';
import { descendants } from './captions.ts';
import { componentBodyAt } from './component-body.ts';
import type { FileToMend } from './file.ts';
import type { Left, Mend } from './mend.ts';
import { textOf } from './sibling-text.ts';

/**
 * A panel on a backdrop that closes it: the panel says that it is a dialog and keeps the focus, Escape closes it, and
 * the backdrop says that it is none of the controls. Undefined where an element is no such backdrop or panel.
 */
export function mendDialog(file: FileToMend, element: JsxElement, tag: Tag): Mend | Left | undefined {
  const panel = panelOn(element);
  // The panel is mended with what it lies on.
  if (panel === undefined) return isPanel(element) ? { spans: [] } : undefined;
  const panelTag = file.tagAt(panel.start);
  const close = attributeOf(element, 'onClick');
  const name = headingIn(panel) ?? (close?.kind === 'expression' ? openerOf(file, close.value) : undefined);
  const body = componentBodyAt(file.module, element.start);
  if (!panelTag || name === undefined || close?.kind !== 'expression' || !body || body.isRepeated)
    return { left: BY_HAND };
  if (attributeOf(panel, 'ref') || attributeOf(panel, 'role') || attributeOf(panel, 'tabIndex'))
    return { left: BY_HAND };
  const ref = file.freeName(`dialogRef`);
  const handler = handlerFor(file, close.value, element.start);
  if (handler === undefined) return { left: BY_HAND };
  const said = [`ref={${ref}}`, 'role="dialog"', 'aria-modal="true"', name, 'tabIndex={-1}'];
  return {
    spans: [ahead(file.text, tag, ['role="presentation"']), ahead(file.text, panelTag, said)],
    hook: { body: body.start, line: `const ${ref} = useDialog(${handler})${file.semicolon}` },
    needs: ['useDialog'],
  };
}

const BY_HAND =
  'Give the panel role="dialog", aria-modal, a name, the focus while it is open and Escape to close it, and the backdrop role="presentation"';

/** The one element on a backdrop, which keeps clicks from it. */
function panelOn(element: JsxElement): JsxElement | undefined {
  const [panel, ...more] = childElements(element);
  return panel && more.length === 0 && isPanel(panel) ? panel : undefined;
}

function isPanel(element: JsxElement): boolean {
  return (
    element.parent !== undefined && isClicked(element) && doesNothing(element) && isClicked(element.parent)
  );
}

/** The panel's name: its first heading. */
function headingIn(panel: JsxElement): string | undefined {
  const heading = descendants(panel).find(({ name }) => /^(?:motion\.)?h[1-4]$/.test(name));
  if (!heading) return undefined;
  const text = textOf(heading);
  if (text !== undefined) return text.includes('"') ? undefined : `aria-label="${text}"`;
  const [child, ...more] = heading.children;
  const source = child?.kind === 'expression' && more.length === 0 ? child.source.trim() : '';
  return /^\w+\.(?:name|title|label)$/.test(source) ? `aria-label={${source}}` : undefined;
}

/** What opens the panel says what it is: the button with `setOpen(true)` for the backdrop with `setOpen(false)`. */
function openerOf({ elements }: FileToMend, close: string): string | undefined {
  if (!/^\(\) => set\w+\(false\)$/.test(close)) return undefined;
  const open = close.replace('(false)', '(true)');
  const opener = elements.find((each) => {
    const click = attributeOf(each, 'onClick');
    return click?.kind === 'expression' && click.value === open && textOf(each) !== undefined;
  });
  const text = opener && textOf(opener);
  return text === undefined || text === '' || text.includes('"') ? undefined : `aria-label="${text}"`;
}

/** What closes the panel, as a hook at the head of the component may hold it: what is declared further down is asked for late. */
function handlerFor({ module }: FileToMend, source: string, at: number): string | undefined {
  if (/^\(\) =>/.test(source)) return source;
  if (!/^[\w.]+$/.test(source)) return undefined;
  const declared = declarationAt(module, source.split('.')[0] ?? '', at);
  return declared?.parameterOf === undefined ? `() => ${source}()` : source;
}

/** Attributes behind the name of a tag, on lines of their own where the others have them. */
function ahead(text: string, tag: Tag, attributes: readonly string[]) {
  const [first] = tag.attributes;
  const gap = first ? text.slice(tag.nameEnd, first.start) : ' ';
  const separator = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n')) : ' ';
  return insertion(tag.nameEnd, attributes.map((each) => separator + each).join(''));
}
