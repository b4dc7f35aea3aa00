import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPaint, plain } from './colour.ts';
import type { ReportDocument } from './document.ts';
import {
  apply,
  audit,
  documents,
  finding,
  gap,
  plan,
  planned,
  step,
  undo,
  verify,
} from './testing/documents.ts';
import { withTexts } from './testing/hostile.ts';
import { renderText } from './text.ts';
import type { View } from './view.ts';
import { displayWidth } from './width.ts';

const wide: View = { paint: plain, columns: undefined, quiet: false, full: false };
const quiet: View = { ...wide, quiet: true };
const linesOf = (document: ReportDocument, view = wide) => renderText(document, view).split('\n');

describe('renderText', () => {
  it.each(documents.map((document) => [document.command, document] as const))(
    'shows %s',
    async (command, document) => {
      await expect(renderText(document, wide)).toMatchFileSnapshot(`testing/${command}.txt`);
    },
  );
  it.each(['audit', 'verify', 'plan'])('shows %s to someone in a hurry', async (command) => {
    const document = documents.find((candidate) => candidate.command === command) ?? audit;
    await expect(renderText(document, quiet)).toMatchFileSnapshot(`testing/${command}-quiet.txt`);
  });
  it('says with colour what it says without', async () => {
    const paint = await createPaint(true);
    for (const document of documents) {
      const coloured = renderText(document, { ...wide, paint });
      expect(coloured).toContain('\x1b[');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are taken away again
      expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(renderText(document, wide));
    }
  });
  it('obeys nothing that a repository says', () => {
    const character = fc.constantFrom(
      '\x1b[2J',
      '\x9b',
      '\r',
      '\n',
      '\x07',
      '\u202e',
      '\u2028',
      '\0',
      'a',
      ' ',
    );
    const text = fc.array(character, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        text,
        fc.option(fc.integer({ min: 20, max: 120 })),
        (document, evil, columns) => {
          const shown = renderText(
            withTexts(document, (own) => `${own}${evil}`),
            { ...wide, columns: columns ?? undefined },
          );
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
          expect(shown).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e]/);
        },
      ),
    );
  });
  it.each([40, 72, 100])('keeps prose within %i columns', (columns) => {
    const copied = /diff --git|^[-+@ ]|^ *\S+$|aims-fix|\d+-\d+/;
    for (const document of documents.filter(({ command }) => command !== 'plan')) {
      for (const line of linesOf(document, { ...wide, columns }).filter((text) => !copied.test(text))) {
        expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
      }
    }
  });
});

describe('the text of an audit', () => {
  const ids = Array.from({ length: 23 }, (_, index) => `GAP-${String(index + 1).padStart(3, '0')}` as const);
  const many = Array.from({ length: 40 }, (_, index) => finding({ line: index + 1 }));
  const large = {
    ...audit,
    gaps: ids.map((id, index) => gap({ id, fix: index < 8 ? 'automatic' : 'manual', findings: many })),
    differences: Array.from({ length: 9 }, (_, index) => `The runbook differs in ${index}.`),
    waiverProblems: [],
  };

  it.each([80, 120])('is one screen at %i columns, however much is found', (columns) => {
    expect(linesOf(large, { ...wide, columns }).length).toBeLessThanOrEqual(46);
  });
  it('has one line for each open gap, what aims-fix can close first', () => {
    const rows = linesOf(large).filter((line) => /^✗ GAP-/.test(line));
    expect(rows.map((line) => line.slice(2, 9))).toEqual(ids);
  });
  it('says everything when everything is asked for', () => {
    const lines = linesOf(large, { ...wide, full: true });
    expect(lines.filter((line) => line.includes('GET answers'))).toHaveLength(23 * 40);
  });
  it('ends with the commands to type next', () => {
    expect(linesOf(audit).slice(-4)).toEqual([
      '  aims-fix plan GAP-A     the diff; writes nothing',
      '  aims-fix explain GAP-F  what it looks for',
      '  aims-fix audit --full   everything',
      '',
    ]);
  });
  it('groups the findings of a named gap, shows places of each group and counts the rest', () => {
    const notes = many.map((note) => ({ ...note, note: true, message: 'A note.' }));
    const lines = linesOf({ ...audit, all: false, gaps: [gap({ findings: [...many, ...notes] })] });
    expect(lines).toContain('  40  no-guard');
    expect(lines.filter((line) => line.includes('GET answers'))).toHaveLength(3);
    expect(lines.filter((line) => line.includes('A note.'))).toHaveLength(3);
    expect(lines.filter((line) => line.includes('… 37 more in 1 file: --full'))).toHaveLength(2);
    expect(lines).toContain('1 open · 40 findings');
  });
  it('never ticks what a person accepted', () => {
    const waived = finding({ waived: { reason: 'r', owner: 'o', expires: '2026-12-31' } });
    const accepted = gap({ status: 'closed', findings: [waived, waived] });
    const page = linesOf({ ...audit, gaps: [accepted] });
    expect(page).toContain('Waived (1)  GAP-A');
    expect(page).toContain('1 waived · 0 findings · 2 findings waived');
    const detail = linesOf({ ...audit, all: false, gaps: [accepted] });
    expect(detail).toContain('~ GAP-A  P0  5 min  Remove debug endpoints  waived, 2 findings');
    expect(detail.filter((line) => line.includes('waived by o until 2026-12-31: r'))).toHaveLength(1);
  });
});

describe('the text of a plan', () => {
  it('shows the diff as git would apply it', () => {
    expect(renderText(plan, wide)).toContain(plan.gaps[0]?.diff);
  });
  it('does not let a diff obey the terminal', () => {
    const file = { path: 'a.ts', before: 'a\r\n', after: '\x1b[31mred\r\n\tb\r\n' };
    const document = { ...plan, gaps: [planned(gap(), [file])] };
    const shown = renderText(document, { ...wide, columns: 100 }).split('\n');
    expect(shown).toEqual(expect.arrayContaining(['-a', '+\\x1b[31mred', '+\tb']));
    expect(linesOf(document)).toEqual(expect.arrayContaining(['-a\r', '+\\x1b[31mred\r', '+\tb\r']));
  });
  it('folds a lock file and a very long change on a terminal, and nothing on a pipe', () => {
    const long = Array.from({ length: 400 }, (_, index) => `line ${index}\n`).join('');
    const files = [
      { path: 'package-lock.json', before: '{}\n', after: '{ }\n' },
      { path: 'a.ts', before: 'a\n', after: 'b\n' },
      { path: 'long.ts', before: undefined, after: long },
    ];
    const document = { ...plan, gaps: [planned(gap(), files)] };
    const shown = linesOf(document, { ...wide, columns: 100 });
    expect(shown).toContain('package-lock.json +1 −1 (a lock file, folded; --full shows it)');
    expect(shown).toContain('long.ts +400 −0 (long, folded; --full shows it)');
    expect(shown).toContain('-a');
    expect(shown).not.toContain('+line 7');
    expect(linesOf(document, { ...wide, columns: 100, full: true })).toContain('+line 7');
    expect(renderText(document, wide)).toContain(document.gaps[0]?.diff);
  });
  it('says when there is nothing to do', () => {
    const closed = planned(gap({ status: 'closed', findings: [] }), []);
    const lines = linesOf({ ...plan, gaps: [closed] });
    expect(lines).toContain('  closed; nothing to edit');
    expect(lines.at(-2)).toBe('Next: aims-fix audit');
  });
});

it('does not call a run undone of which nothing was restored', () => {
  const lines = linesOf({ ...undo, restored: [] });
  expect(lines).toContain('run 20260301-120000-ab12 is not undone: 1 file kept, nothing restored');
});

describe('the text of an apply', () => {
  it('shows the diff of a dry run and offers no undo', () => {
    const shown = renderText({ ...apply, dryRun: true }, wide);
    expect(shown).toContain('+#!/bin/sh');
    expect(shown).toContain('would be created');
    expect(shown).not.toContain('undo');
  });
  it('shows a gap that is still open with its findings', () => {
    const left = { ...planned(gap({ manual: [step] }), []), after: 'open' as const };
    expect(linesOf({ ...apply, gaps: [left] })).toContain(
      '✗ GAP-A  P0  5 min  Remove debug endpoints  open, 1 finding, 1 step for a person',
    );
  });
});

describe('the text of a verification', () => {
  it('calls a gap proven only when a live check passed, and no check failed', () => {
    const live = verify.gaps.slice(0, 1).map((each) => ({
      ...each,
      checks: each.checks.map((check) => ({ ...check, level: 'live' as const })),
    }));
    expect(renderText({ ...verify, gaps: live }, wide)).toContain('proven, 2 checks passed');
    const words = linesOf(verify).filter((line) => /^[✗✓–] GAP-/.test(line));
    expect(words.map((line) => line.replace(/.*min {2}/, ''))).toEqual([
      'Remove debug endpoints  closed, built, 2 checks passed',
      'Add error boundaries    not proven, 1 check failed',
      'Add limits              closed, 1 check skipped, 1 step for a person',
      'Back up the database    open, 1 finding',
      'Document the API        not applicable: no routes',
    ]);
  });
  it('does not call a gap without checks proven', () => {
    const unchecked = { ...gap({ status: 'closed', findings: [] }), checks: [] };
    expect(renderText({ ...verify, gaps: [unchecked] }, wide)).toContain('closed, no check at this level');
  });
  it('does not call a check news that fails on what was waived', () => {
    const waived = finding({ waived: { reason: 'r', owner: 'o', expires: '2026-12-31' } });
    const failing = verify.gaps[1]?.checks ?? [];
    const accepted = { ...gap({ status: 'closed', findings: [waived] }), checks: failing };
    expect(renderText({ ...verify, gaps: [accepted] }, wide)).toContain('waived, 1 finding');
    expect(renderText({ ...verify, gaps: [accepted] }, quiet)).not.toContain('GAP-A');
  });
});
