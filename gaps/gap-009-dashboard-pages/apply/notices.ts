import type { Span } from '../../../src/contract.ts';
import { isKeptInMemory } from '../read/gateway.ts';
import { type Top, usesOf } from '../read/module-names.ts';
import { isInside, namesIn, type Plan } from './data-plan.ts';
import { lineAboveList } from './jsx-place.ts';
import type { PageContext } from './page-part.ts';

/** One line for each list, above it; the first list of a route also tells above what is computed of it. */
export function noticesFor(
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

const FORGETS = 'A restart of the server clears this list.';
