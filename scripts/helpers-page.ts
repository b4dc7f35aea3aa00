import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Rooms whose functions gaps call, with what a reader looks for there. */
const WINGS: readonly (readonly [folder: string, question: string])[] = [
  ['src/read/code', 'What does the code say?'],
  ['src/read/markup', 'What do the elements of JSX say?'],
  ['src/read/next', 'Which routes, pages and special files does a Next.js app have?'],
  ['src/read/deploy', 'How is it deployed?'],
  ['src/read/sign-in', 'Who signs in, and how?'],
  ['src/read/backups', 'What data would be lost with its disk, and what copies it?'],
  ['src/read/documents', 'What do the documents say, and what do they leave out?'],
  ['src/read/product', 'What does the product keep, hand on and show?'],
  ['src/edit', 'How is a file changed?'],
];

/** docs/helpers.md: every function that `src/read` and `src/edit` offer, with the first sentence of its comment. */
export function helpersPage(): string {
  const wings = WINGS.flatMap(([folder, question]) => [`## ${question}`, '', ...rowsOf(folder), '']);
  return [
    '# What gaps can call',
    '',
    'Generated from the doc comments of `src/read` and `src/edit` (`npm run generate`). Beside them a gap asks the',
    'repository itself: `repo.exists`, `repo.find`, `repo.mentions`, `repo.peek`, `repo.text`, `repo.yaml`, `repo.json`,',
    '`repo.layout`, … (`src/repo/repo.ts`).',
    '',
    ...wings,
  ].join('\n');
}

function rowsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => {
      const path = posix.join(folder, name);
      const offers = functionsOf(readFileSync(path, 'utf8'));
      return offers.map(({ called, does }) => `- \`${called}\` (\`${path}\`): ${does}`);
    });
}

interface Offer {
  readonly called: string;
  readonly does: string;
}

/** Exported functions, and constants that hold one, with the first sentence of their doc comment. */
function functionsOf(text: string): readonly Offer[] {
  const declared =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:async )?(?:function (\w+)|const (\w+) = (?:oncePer|once|\())/g;
  return [...text.matchAll(declared)].map(([, comment = '', name, constant]) => ({
    called: name ?? constant ?? '',
    does: firstSentence(comment),
  }));
}

function firstSentence(comment: string): string {
  const plain = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim();
  return /^.*?[.](?=\s|$)/.exec(plain)?.[0] ?? plain;
}
