import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { placeInWords } from '../../src/read/code/place-in-words.ts';
import type { Code } from './detect.ts';

/** A finding that no edit closes, and what may be meant: '' where the code says nothing. */
export interface LeftFinding {
  readonly finding: Finding<Code>;
  readonly suggestion: string;
}

/** What a person could do; a note needs nothing. */
const TITLES: Readonly<Record<Code, string | undefined>> = {
  'unnamed-button': 'Give each of these buttons an aria-label that says what it does',
  'title-only-button': undefined,
  'unlabelled-field':
    'Tie each of these fields to a <label htmlFor> with an id from useId(), or give it an aria-label that says what to enter',
  'mouse-only-control': 'Let the keyboard do what the mouse can',
  'role-without-keys': 'Give what says that it is a control the keys of one',
  'image-without-alt':
    'Give each of these images an alt text that says what it shows; alt="" where it only decorates',
  'page-without-language': 'Give each of these elements a lang attribute with the language of its pages',
};

const WHY: Readonly<Record<Code, string>> = {
  'unnamed-button':
    'Its icon and what it does do not agree on a name, say none, or do not tell which row of a list is meant; an invented name is worse than none.',
  'title-only-button': '',
  'unlabelled-field': 'Nothing in the code says what to enter; an invented name is worse than none.',
  'mouse-only-control': 'What it holds, or where it stands, decides which element it has to become.',
  'role-without-keys':
    'A link has to become one: no key handler makes it open in a new tab. A row that is a button is no row of its table.',
  'page-without-language': 'The texts of the app do not tell its language, or more than one.',
  'image-without-alt': 'Only a person knows what a picture is there for.',
};

/** One step for each kind of finding, with every place and what the code suggests there. */
export function stepsFor(repo: Repo, left: readonly LeftFinding[]): readonly ManualStep[] {
  return Object.entries(TITLES).flatMap(([code, title]): ManualStep[] => {
    const own = left.filter(({ finding }) => finding.code === code);
    const [first] = own;
    if (!first || title === undefined) return [];
    return [
      {
        title: `${title}: ${own.map((each) => placeOf(repo, each)).join(', ')}`,
        why: WHY[first.finding.code],
        seenBy: 'The finding is gone from the next audit.',
      },
    ];
  });
}

function placeOf(repo: Repo, { finding, suggestion }: LeftFinding): string {
  return `${placeInWords(repo, finding.path, finding.at ?? 0)}${suggestion === '' ? '' : ` (${suggestion})`}`;
}
