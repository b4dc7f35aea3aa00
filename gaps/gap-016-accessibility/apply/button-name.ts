import type { Expression, JSXElement } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { attributeOf, type JsxElement } from '../../../src/read/markup/markup.ts';
import { OPENER } from '../tables.ts';
import { type Deeds, deedsOf, routeWords } from './deeds.ts';
import { type Shown, shownBy } from './icons.ts';
import { BY_DEED_ALONE, MEANINGS, type Meaning } from './meanings.ts';
import type { Name } from './naming.ts';
import { tooltipAround } from './sibling-text.ts';
import { START_AND_STOP, SWITCHES_OF_STATE } from './states.ts';
import { capital, deedIn, thingIn } from './words.ts';

/** What is known of a button's file. */
export interface ButtonPlace {
  readonly module: SourceModule;
  readonly isIcon: (name: string) => boolean;
}

/**
 * What a button is called: by the tooltip around it, or by its icon and what happens when it is pressed, which have to
 * agree. Where they do not, or say nothing, the name is a suggestion.
 */
export function buttonName(place: ButtonPlace, button: JsxElement): Name {
  const tooltip = tooltipAround(button);
  if (tooltip !== undefined) return { kind: 'words', words: tooltip };
  const shown = shownBy(button, place.isIcon);
  const told = toldBy(place, button);
  if (shown?.kind === 'two') return byState(shown, told);
  if (shown === undefined) return isDrawing(button) ? byDeedAlone(told) : unsettled(undefined);
  return startOrStop(shown.icon, told) ?? byMeaning(shown.icon, told);
}

function unsettled(suggestion: string | undefined): Name {
  return { kind: 'unsettled', suggestion };
}

/** What happens when it is pressed: the handler says so first, then what the button is, then the comment above it. */
function toldBy({ module }: ButtonPlace, button: JsxElement): Deeds {
  const node = elementAt(module, button.start);
  const handler = node && handlerOf(node);
  if (handler) return deedsOf(module, handler);
  const deed = roleDeed(button) ?? commentAbove(module.text, button.start) ?? componentDeed(module, button);
  return { deeds: deed === undefined ? [] : [deed] };
}

/** The node of an element. */
export function elementAt(module: SourceModule, at: number): JSXElement | undefined {
  for (const node of nodesAt(module, at)) if (node.type === 'JSXElement' && node.start === at) return node;
  return undefined;
}

function handlerOf({ openingElement }: JSXElement): Expression | undefined {
  for (const attribute of openingElement.attributes) {
    if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') continue;
    if (!/^on(?:Click|Press|MouseDown|PointerDown)$/.test(attribute.name.name)) continue;
    const { value } = attribute;
    if (value?.type === 'JSXExpressionContainer' && value.expression.type !== 'JSXEmptyExpression')
      return value.expression;
  }
  return undefined;
}

/** What a button does by what it is, or by what it stands in: it sends a form, it follows a link, it opens a menu. */
function roleDeed(button: JsxElement): string | undefined {
  const type = attributeOf(button, 'type');
  if (type?.kind === 'text' && type.value === 'submit') return 'submit';
  const { parent } = button;
  const around =
    parent && /^(?:Link|NextLink|a)$/.test(parent.name) ? attributeOf(parent, 'href') : undefined;
  if (around?.kind === 'text') return `go ${routeWords(around.value)}`.trim();
  for (const each of [button, parent]) if (each && OPENER.test(each.name)) return triggerDeed(each.name);
  return undefined;
}

function triggerDeed(name: string): string {
  if (/Close$/.test(name)) return 'close';
  return /Menu/.test(name) ? 'open menu' : `open ${/Sheet|Drawer/.test(name) ? 'drawer' : 'dialog'}`;
}

/** The comment that stands directly above an element, a condition between them or not. */
function commentAbove(text: string, at: number): string | undefined {
  const before = text
    .slice(Math.max(0, at - 300), at)
    .replace(/\{[\w.!]{1,60} && \(\s{0,60}$/, '')
    .trimEnd();
  if (!before.endsWith('*/}')) return undefined;
  const words = before.slice(before.lastIndexOf('/*') + 2, -3).trim();
  return words.length < 40 && /^[A-Za-z /]+$/.test(words) ? deedIn(words) : undefined;
}

/** A component that is nothing but the button says what it does by its name. */
function componentDeed(module: SourceModule, { parent, start }: JsxElement): string | undefined {
  if (parent) return undefined;
  for (const node of [...nodesAt(module, start)].reverse()) {
    const id =
      node.type === 'FunctionDeclaration' || node.type === 'VariableDeclarator' ? node.id : undefined;
    if (id?.type === 'Identifier') return /Button$/.test(id.name) ? deedIn(id.name) : undefined;
  }
  return undefined;
}

/** An icon that is drawn in place has no name. */
function isDrawing({ children }: JsxElement): boolean {
  const shown = children.filter((child) => child.kind !== 'text' || child.text.trim() !== '');
  return shown.length === 1 && shown[0]?.kind === 'element' && shown[0].element.name === 'svg';
}

function byDeedAlone({ deeds }: Deeds): Name {
  return agreed(
    deeds.map((deed) =>
      nameFor(
        BY_DEED_ALONE.find((row) => row.deed.test(deed)),
        deed,
        '',
      ),
    ),
  );
}

function byMeaning(icon: string, { deeds }: Deeds): Name {
  const rows = MEANINGS.filter((row) => row.icon.test(icon));
  const fit = deeds.flatMap((deed) => {
    const row = rows.find((each) => each.deed.test(deed));
    return row ? [nameFor(row, deed, icon)] : [];
  });
  const meant = new Set(rows.map(({ name }) => name.replace(/ \u2026$/, '')));
  const [only, ...more] = meant;
  return agreed(fit, more.length === 0 ? only?.replace('=icon', capital(icon)) : undefined);
}

/** One name, whatever was asked; none where two answers differ, or one of them is none. */
function agreed(names: readonly (string | undefined)[], suggestion?: string): Name {
  const [only, ...more] = new Set(names);
  return only !== undefined && more.length === 0 ? { kind: 'words', words: only } : unsettled(suggestion);
}

/** "New" alone says too little: what is new? */
function nameFor(row: Pick<Meaning, 'name'> | undefined, deed: string, icon: string): string | undefined {
  if (row === undefined) return undefined;
  if (row.name === '=icon') return capital(icon);
  const thing = row.name.endsWith('…') ? thingIn(deed) : undefined;
  if (thing === undefined) return /^New/.test(row.name) ? undefined : row.name.replace(/ \u2026$/, '');
  return row.name.replace('…', thing);
}

/** `recording ? stop : start` with a microphone. */
function startOrStop(icon: string, { either }: Deeds): Name | undefined {
  if (!either || !/^(?:stop|end)\b/.test(either.yes) || !/^(?:start|begin)\b/.test(either.no))
    return undefined;
  const words = `${either.yes} ${either.no} ${deedIn(either.test)}`;
  const row = START_AND_STOP.find(([drawn, about]) => drawn.test(icon) && about.test(words));
  return row && { kind: 'by state', test: either.test, set: `Stop ${row[2]}`, unset: `Start ${row[2]}` };
}

function byState({ test, set, unset }: Extract<Shown, { kind: 'two' }>, { deeds }: Deeds): Name {
  const isNegated = test.startsWith('!');
  const [yes, no] = isNegated ? [unset, set] : [set, unset];
  const words = [deedIn(test.replace(/^!/, '')), ...deeds].join(' ');
  const row = SWITCHES_OF_STATE.find(
    (each) => each.set.test(yes) && each.unset.test(no) && each.words.test(words),
  );
  if (!row || deeds.length === 0) return unsettled(undefined);
  const [first, second] = isNegated ? [row.names[1], row.names[0]] : row.names;
  return first === second
    ? { kind: 'words', words: first }
    : { kind: 'by state', test, set: first, unset: second };
}
