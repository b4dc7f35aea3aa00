import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { indentUnitOf } from '../../../src/edit/ts-file.ts';
import { unusedImportSpans } from '../../../src/edit/ts-imports.ts';
import { declarationsOf } from '../../../src/read/code/declarations.ts';
import { type Constant, constantOf } from '../read/constants.ts';
import { isKeptInMemory } from '../read/gateway.ts';
import { componentIn, type Top, topOf, type Use, usesOf } from '../read/module-names.ts';
import type { Source } from '../sources.ts';
import { dateSpans } from './dates.ts';
import { lineAboveList } from './jsx-place.ts';
import { ownFieldsSpan, recordName, sourceIn } from './own-fields.ts';
import { camelCase, type Outcome, type PageContext, writerOf } from './page-part.ts';
import { removalSpans, typesOnlyFor } from './removal.ts';

/** A constant that becomes data. */
export interface Sourced {
  readonly name: string;
  readonly source: Source;
}

/** What is known of it, once the page has been looked through. */
interface Plan extends Sourced {
  readonly constant: Constant;
  readonly uses: readonly Use[];
  /** What it is called in the component, and how its rows are written there. */
  readonly variable: string;
  readonly rows: string;
}

const MOVED = "computes something of it outside of the component, in a way that can't be moved";

/** Turns constants of a page into data of a route: all that one component shows. */
export function dataPart(page: PageContext, wanted: readonly Sourced[]): Outcome {
  const plans = wanted.map((each) => planOf(page, each));
  const bad = plans.find((each) => 'refused' in each);
  if (bad && 'refused' in bad) return bad;
  const known = plans.flatMap((each) => ('refused' in each ? [] : [each]));
  const derived = derivedFrom(page, known);
  if (!derived) return { refused: MOVED };
  const component = componentOf(page, known, derived);
  if (!component) return { refused: 'shows it in more than one component' };
  return partOf(page, known, derived, component.start);
}

function planOf({ module }: PageContext, { name, source }: Sourced): Plan | { readonly refused: string } {
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
function derivedFrom(page: PageContext, plans: readonly Plan[]): readonly Top[] | undefined {
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

function componentOf(
  { module }: PageContext,
  plans: readonly Plan[],
  derived: readonly Top[],
): { readonly name: string; readonly start: number } | undefined {
  const names = namesIn(derived);
  const uses = [...plans.flatMap((plan) => plan.uses), ...names.flatMap((name) => usesOf(module, name))];
  const tops = new Set(
    uses.flatMap((use) => topOf(module, use) ?? []).filter((top) => !derived.includes(top)),
  );
  const [top, ...more] = [...tops];
  return top && more.length === 0 ? componentIn(top) : undefined;
}

function partOf(page: PageContext, plans: readonly Plan[], derived: readonly Top[], start: number): Outcome {
  const { module, path } = page;
  const { text } = module;
  const types = typesOnlyFor(
    module,
    plans.map(({ constant }) => constant.statement),
  );
  const going = [
    ...plans.flatMap(({ constant }) => (constant.ownFields.length > 0 ? [] : [constant.statement])),
    ...derived,
    ...types,
  ];
  const removed = removalSpans(module, going);
  const kept = plans.flatMap(({ constant }) =>
    constant.ownFields.length > 0 ? [ownFieldsSpan(page, constant)] : [],
  );
  const renamed = plans.flatMap(renamingOf).filter(({ start: at }) => !isInside(at, derived));
  const notices = noticesFor(page, plans, derived);
  if (!notices) return { refused: 'shows it where no line of its own can stand' };
  const spans: readonly Span[] = [
    insertion(start + 1, openingOf(page, plans, derived)),
    ...removed,
    ...kept,
    ...renamed,
    ...notices,
    ...plans.flatMap(({ source }) => dateSpans(page, source.dates ?? [])),
  ];
  return {
    spans: [...spans, ...unusedImportSpans(path, text, removed)],
    imports: [
      { file: 'hooks/useApi.ts', name: 'useApi' },
      { file: 'components/dashboard/ApiNotice.tsx', name: 'default' },
      ...plans.map(({ source }) => ({ file: `lib/dashboard/${source.module}.ts`, name: source.reader })),
    ],
    files: plans.map(({ source }) => `app/api/${source.route}/route.ts`),
  };
}

function isInside(at: number, ranges: readonly { readonly start: number; readonly end: number }[]): boolean {
  return ranges.some(({ start, end }) => start <= at && at < end);
}

function renamingOf({ name, uses, rows }: Plan): readonly Span[] {
  return uses.map(({ at }) => ({ start: at, end: at + name.length, text: rows }));
}

/** The first lines of the component: the requests, the icons and the like of each row, and what is computed. */
function openingOf(page: PageContext, plans: readonly Plan[], derived: readonly Top[]): string {
  const { module } = page;
  const { quoted, end } = writerOf(page);
  const unit = indentUnitOf(module.text);
  const lines = plans.flatMap(({ constant, variable, source }) => {
    const isMixed = constant.ownFields.length > 0;
    const asked = isMixed ? `${variable}Data` : variable;
    const request = `const ${asked} = useApi(${quoted(`/api/${source.route}`)}, ${source.reader}, [])${end}`;
    return isMixed ? [request, ...mixedLines(page, constant, variable)] : [request];
  });
  const moved = derived.map((top) => {
    const spans = plans
      .flatMap(renamingOf)
      .filter(({ start }) => isInside(start, [top]))
      .map((span) => ({ ...span, start: span.start - top.start, end: span.end - top.start }));
    return applySpans(page.path, module.text.slice(top.start, top.end), spans).replace(
      /\n(?=.)/g,
      `\n${unit}`,
    );
  });
  return [...lines, ...moved].map((line) => `\n${unit}${line}`).join('');
}

function mixedLines(
  page: PageContext,
  { name, ownFields, records }: Constant,
  variable: string,
): readonly string[] {
  const { end } = writerOf(page);
  const unit = indentUnitOf(page.module.text);
  const [first] = records;
  const fields = ownFields.map((field) => {
    const standard = first && sourceIn(page, first, field);
    return `${field}: ${recordName(name, field)}[row.id] ?? ${standard}`;
  });
  return [
    `const ${variable} = ${variable}Data.data.map((row) => ({`,
    `${unit}...row,`,
    ...fields.map((field) => `${unit}${field},`),
    `}))${end}`,
  ];
}

/** One line for each list, above it; the first list of a route also tells above what is computed of it. */
function noticesFor(
  page: PageContext,
  plans: readonly Plan[],
  derived: readonly Top[],
): readonly Span[] | undefined {
  const { module, repo } = page;
  const computed = namesIn(derived).flatMap((name) => usesOf(module, name));
  const spans = plans.map(({ uses, variable, constant, source }, index) => {
    const isFirst = plans.findIndex((each) => each.source.route === source.route) === index;
    const shown = [...uses, ...(isFirst ? computed : [])]
      .filter(
        ({ at, nodes }) =>
          !isInside(at, derived) && nodes.some(({ type }) => type === 'JSXExpressionContainer'),
      )
      .sort((a, b) => a.at - b.at)[0];
    const of = constant.ownFields.length > 0 ? `${variable}Data` : variable;
    const isKept = source.keptBy && isKeptInMemory(repo, source.keptBy);
    const note = isKept ? ` note="${FORGETS}"` : '';
    return shown && lineAboveList(module, shown.at, `<ApiNotice of={${of}} what="${source.what}"${note} />`);
  });
  const placed = spans.flatMap((span) => span ?? []);
  return placed.length === plans.length ? placed : undefined;
}

const FORGETS = 'The gateway keeps this in memory and forgets it when it restarts.';

function namesIn(derived: readonly Top[]): readonly string[] {
  return derived.flatMap((top) =>
    top.type === 'VariableDeclaration' && top.declarations[0]?.id.type === 'Identifier'
      ? [top.declarations[0].id.name]
      : [],
  );
}
