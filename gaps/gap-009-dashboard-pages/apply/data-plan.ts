import { declarationsOf } from '../../../src/read/code/declarations.ts';
import { type Constant, constantOf } from '../read/constants.ts';
import { componentIn, type Top, topOf, type Use, usesOf } from '../read/module-names.ts';
import type { Source } from '../sources.ts';
import { camelCase, type PageContext } from './page-part.ts';

/** A constant that becomes data. */
export interface Sourced {
  readonly name: string;
  readonly source: Source;
}

/** What is known of it, once the page has been looked through. */
export interface Plan extends Sourced {
  readonly constant: Constant;
  readonly uses: readonly Use[];
  /** What it is called in the component, and how its rows are written there. */
  readonly variable: string;
  readonly rows: string;
}

/** Looks a page through for one constant. */
export function planOf(
  { module }: PageContext,
  { name, source }: Sourced,
): Plan | { readonly refused: string } {
  const constant = constantOf(module, name);
  const uses = usesOf(module, name);
  if (!constant || uses.length === 0) return { refused: `has no list of plain records called ${name}` };
  const variable = camelCase(name);
  const taken = [variable, `${variable}Data`].find((each) => declarationsOf(module).has(each));
  if (taken !== undefined) return { refused: `has a ${taken} already` };
  if (uses.some(isUncertain)) return { refused: `takes a certain row out of ${name}, which may be empty` };
  const rows = constant.ownFields.length > 0 ? variable : `${variable}.data`;
  return { name, source, constant, uses, variable, rows };
}

/** `LIST[0]`, `{ LIST }` and `typeof LIST` need it to be what it was. */
function isUncertain({ nodes }: Use): boolean {
  const parent = nodes.at(-2);
  if (parent?.type === 'MemberExpression')
    return parent.computed && parent.property.type === 'Literal' && parent.object === nodes.at(-1);
  return parent?.type === 'Property' || parent?.type === 'TSTypeQuery' || parent?.type === 'ExportSpecifier';
}

/** The constants that are computed of these: they move into the component with them. */
export function derivedFrom(page: PageContext, plans: readonly Plan[]): readonly Top[] | undefined {
  const { module } = page;
  const found = new Set<Top>();
  const queue = plans.flatMap(({ uses }) => uses);
  for (let use = queue.shift(); use; use = queue.shift()) {
    const top = topOf(module, use);
    if (!top || componentIn(top)) continue;
    if (top.type !== 'VariableDeclaration' || top.declarations.length !== 1) return undefined;
    const id = top.declarations[0]?.id;
    if (id?.type !== 'Identifier' || /=>|\bfunction\b/.test(headOf(module.text, top))) return undefined;
    if (found.has(top)) continue;
    found.add(top);
    queue.push(...usesOf(module, id.name));
  }
  return [...found].sort((a, b) => a.start - b.start);
}

/** `const total = ` and what follows directly: a function would be called elsewhere. */
function headOf(text: string, { start, end }: Top): string {
  const value = text.slice(start, end).replace(/^[^=]*=\s*/, '');
  return /^(?:async\b|function\b|\([^()]*\)\s*=>|\w+\s*=>)/.test(value) ? '=>' : '';
}

/** The names of constants. */
export function namesIn(derived: readonly Top[]): readonly string[] {
  return derived.flatMap((top) =>
    top.type === 'VariableDeclaration' && top.declarations[0]?.id.type === 'Identifier'
      ? [top.declarations[0].id.name]
      : [],
  );
}

/** Whether an offset stands in one of these. */
export function isInside(
  at: number,
  ranges: readonly { readonly start: number; readonly end: number }[],
): boolean {
  return ranges.some(({ start, end }) => start <= at && at < end);
}
