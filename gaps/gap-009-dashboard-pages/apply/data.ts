import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { indentUnitOf } from '../../../src/edit/ts-file.ts';
import { unusedImportSpans } from '../../../src/edit/ts-imports.ts';
import type { Constant } from '../read/constants.ts';
import { componentIn, type Top, topOf, usesOf } from '../read/module-names.ts';
import { derivedFrom, isInside, namesIn, type Plan, planOf, type Sourced } from './data-plan.ts';
import { dateSpans } from './dates.ts';
import { noticesFor } from './notices.ts';
import { ownFieldsSpan, recordName, sourceIn } from './own-fields.ts';
import { type Outcome, type PageContext, writerOf } from './page-part.ts';
import { removalSpans, typesOnlyFor } from './removal.ts';

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
