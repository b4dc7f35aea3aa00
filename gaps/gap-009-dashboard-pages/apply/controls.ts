import type { Finding } from '../../../src/contract.ts';
import { tagsOf } from '../../../src/edit/tags.ts';
import type { Code } from '../detect.ts';
import { inertButtons } from '../read/inert-buttons.ts';
import { actionOf, formActionOf } from '../read/sources.ts';
import type { FormAction } from '../sources.ts';
import { actionPart } from './action.ts';
import { buttonsPart } from './buttons.ts';
import { formPart } from './form.ts';
import { joinParts, type NewList, type Outcome, type PageContext, type PagePart } from './page-part.ts';
import { withoutPretending } from './pretended.ts';

export type Wanted = readonly Finding<Code>[];
/** The findings that one part of the fix closes, with what came of it. */
export type Tried = readonly [Wanted, Outcome];

/** What people press: actions and forms that the gateway carries out, and controls that have nothing behind them. */
export function controls(page: PageContext, wanted: Wanted, lists: readonly NewList[]): readonly Tried[] {
  const { repo, app, url, path } = page;
  const pretended = wanted.filter(({ code }) => code === 'simulated-action');
  const inert = wanted.filter((each) => each.code === 'inert-controls' && each.path === path);
  const action = actionOf(repo, app, url);
  if (action)
    return [
      ...pretended.map((finding): Tried => [[finding], actionPart(page, finding.at ?? 0, action, lists)]),
      ...unavailable(page, inert, []),
    ];
  return unavailable(page, inert, pretended, lists);
}

/** Grays out what nothing carries out; one note of the page says why. */
function unavailable(
  page: PageContext,
  inert: Wanted,
  pretended: Wanted,
  lists: readonly NewList[] = [],
): readonly Tried[] {
  const buttons = inert.length > 0 ? inertButtons(page.repo, page.path).map(({ start }) => start) : [];
  const form = formIn(page, buttons, lists);
  // Something carries it out, so a note that nothing does would be wrong.
  if (form && 'refused' in form.outcome) return [[[...inert, ...pretended], form.outcome]];
  const formParts = form && !('refused' in form.outcome) ? [form.outcome] : [];
  const outs = pretended.map((finding) => ({ finding, out: withoutPretending(page, finding.at ?? 0) }));
  const refused = outs
    .filter(({ out }) => !out)
    .map(({ finding }): Tried => [[finding], { refused: 'waits in a function that other code uses' }]);
  const taken = outs.flatMap(({ finding, out }) => (out ? [{ finding, out }] : []));
  const grayed = [
    ...buttons.filter((start) => start !== form?.button),
    ...taken.flatMap(({ out }) => out.buttons),
  ];
  const findings = [...inert, ...taken.map(({ finding }) => finding)];
  if (findings.length === 0) return refused;
  const note = grayed.length > 0 ? buttonsPart(page, grayed) : undefined;
  if (note && 'refused' in note) return [...refused, [findings, note]];
  const removed = taken.map(({ out }): PagePart => ({ spans: out.spans, imports: [], files: [] }));
  const parts = [...(note ? [note] : []), ...formParts, ...removed];
  return [...refused, [findings, joinParts(parts)]];
}

/** The button of a form that the gateway has an endpoint for. */
function formIn(
  page: PageContext,
  buttons: readonly number[],
  lists: readonly NewList[],
): { readonly button: number; readonly outcome: Outcome } | undefined {
  const action = formActionOf(page.repo, page.app, page.url);
  const button = action && buttons.find((start) => saysSo(page, start, action));
  if (!action || button === undefined) return undefined;
  const changed = lists.filter(({ route }) => route === action.changes).map(({ variable }) => variable);
  return { button, outcome: formPart(page, button, action, changed) };
}

function saysSo({ module }: PageContext, start: number, { button }: FormAction): boolean {
  return tagsOf(module).some((tag) => tag.start === start && button.test(tag.words));
}
