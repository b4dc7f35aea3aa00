import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { persistenceOf } from '../../src/read/persistence.ts';

const KEPT = /\b(?:kept|keep|retain(?:ed)?|retention|stored?|delet\w+|purg\w+|expir\w+)\b/i;
const TIME =
  /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|thirty|ninety)[\s-]+(?:hour|day|week|month|year)s?\b|indefinitely|for ever|as long as|until (?:you|the|it|they)/i;
const NEAR = 3;

/** Sentences with a time and a word of keeping, wherever they stand. */
export function checksOf(repo: Repo): readonly Check[] {
  if (!persistenceOf(repo).some(({ orphan }) => !orphan)) return [];
  return [
    { title: 'A document says of data how long it is kept', level: 'static', run: () => says(repo, TIME) },
    {
      title: 'The same document says how data goes away',
      level: 'static',
      run: () => says(repo, /delet|purg|erase|remov|expir|prun|anonymi|rotat|overwrit|trim/i),
    },
  ];
}

function says(repo: Repo, pattern: RegExp): Verdict {
  const paths = repo.files.filter(
    (path) =>
      /\.(mdx?|rst|adoc|txt)$|privacy[\w-]*(?:\/page)?\.[jt]sx$/i.test(path) &&
      !/node_modules|fixtures|CHANGELOG|(^|\/)\.|\/(?:blog|content\/pages)\//i.test(path),
  );
  for (const path of paths) {
    const text = (repo.peek(path) ?? '').replace(/<!--[\s\S]*?-->/g, '');
    if (
      !/retention|retain|how long|lifecycle|deletion/i.test(path + text) ||
      new Set(text.match(/GAP-\d+/g)).size > 4
    )
      continue;
    if (/churn|funnel|(?:customer|user) retention/i.test(text)) continue;
    const lines = text.split('\n');
    const at = lines.findIndex(
      (line, index) => KEPT.test(line) && TIME.test(lines.slice(index, index + NEAR).join(' ')),
    );
    if (at === -1 || /\[(?:number|n|x|time|period)\]|\bTBD\b|\bXX\b/i.test(text)) continue;
    if (pattern.test(text))
      return {
        verdict: 'pass',
        evidence: [{ subject: `${path}:${at + 1}`, observed: (lines[at] ?? '').trim().slice(0, 120) }],
      };
  }
  return { verdict: 'fail', reason: 'no document says a time for data' };
}
