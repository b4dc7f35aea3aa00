import type { ManualStep, Repo, Span } from '../../../src/contract.ts';
import { applySpans } from '../../../src/edit/spans.ts';
import { openTs } from '../../../src/edit/ts-file.ts';
import { cutEntries, stringListsIn } from '../../../src/edit/ts-lists.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isTest } from '../read/caller.ts';
import { placeIn } from '../read/mentions.ts';
import { CODE } from '../tables.ts';

/** What of the edited pages speaks of settings that nothing reads any more. */
export interface SettingLists {
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly manual: readonly ManualStep[];
}

const SETTING_NAME = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const READ = /\benv(?:\.|\[['"])([A-Z][A-Z0-9_]*)/g;

/**
 * A page that tries services often lists the settings that they need: what only the removed files read leaves the
 * list. Another shape than a list of names is a person's.
 */
export function settingListParts(
  repo: Repo,
  pages: ReadonlyMap<string, readonly Span[]>,
  gone: readonly string[],
): SettingLists {
  const names = lostSettings(repo, gone);
  const spans = new Map<string, readonly Span[]>();
  const manual: ManualStep[] = [];
  for (const [path, cuts] of names.size === 0 ? [] : pages) {
    const text = repo.text(path);
    const entries = stringListsIn(openTs(path, text), text)
      .filter(({ values }) => values.every((value) => SETTING_NAME.test(value)))
      .flatMap((list) => list.entries.filter((_entry, index) => names.has(list.values[index] ?? '')))
      .filter(
        ({ places, index }) =>
          !cuts.some(
            ({ start, end }) => start <= (places[index]?.start ?? 0) && (places[index]?.end ?? 0) <= end,
          ),
      );
    const own = cutEntries(text, entries) ?? [];
    spans.set(path, own);
    manual.push(...mentionStep(path, text, [...cuts, ...own], names));
  }
  return { spans, manual };
}

/** The settings that files that go read, and no code that stays. */
function lostSettings(repo: Repo, gone: readonly string[]): ReadonlySet<string> {
  const lost = new Set(gone.flatMap((path) => readIn(repo, path)));
  if (lost.size === 0) return lost;
  for (const path of repo.files)
    if (CODE.test(path) && !gone.includes(path) && !isTest(path) && repo.mentions(path, 'env'))
      for (const name of readIn(repo, path)) lost.delete(name);
  return lost;
}

function readIn(repo: Repo, path: string): readonly string[] {
  return [...(repo.peek(path) ?? '').matchAll(READ)].map(([, name = '']) => name);
}

function mentionStep(
  path: string,
  text: string,
  cuts: readonly Span[],
  names: ReadonlySet<string>,
): readonly ManualStep[] {
  const left = applySpans(
    path,
    text,
    cuts.map(({ start, end }) => ({ start, end, text: blankOf(text, start, end) })),
  );
  const places = [...names].flatMap((name) =>
    [...left.matchAll(new RegExp(`(?<![\\w])${escaped(name)}(?!\\w)`, 'g'))].map(({ index }) =>
      placeIn(path, left, index),
    ),
  );
  if (places.length === 0) return [];
  return [
    {
      title: `Take the settings that nothing reads any more off the page: ${[...new Set(places)].join(', ')}`,
      why: 'They do not stand in a plain list of names, so an edit could break what is shown.',
      seenBy: 'Nothing sees it: verify does not read what a page says.',
    },
  ];
}

/** Line feeds stay, so that lines count as in the file. */
function blankOf(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\n]/g, ' ');
}
