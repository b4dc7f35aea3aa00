import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { persistenceOf } from '../../src/read/product/persistence.ts';

const KEPT = /\b(?:kept|keep|retain(?:ed)?|retention|stored?|delet\w+|purg\w+|expir\w+)\b/i;
const TIME =
  /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|thirty|ninety)[\s-]+(?:hour|day|week|month|year)s?\b|indefinitely|for ever|as long as|until (?:you|the|it|they)|(?:when|once|while) (?:you|your|the (?:user|account))\b/i;
const NEAR = 3;

/** Sentences with a time and a word of keeping, wherever they stand. */
export function checksOf(repo: Repo): readonly Check[] {
  if (isCollection(repo) || !persistenceOf(repo).some(({ orphan }) => !orphan)) return [];
  return [
    { title: 'A document says of data how long it is kept', level: 'static', run: () => says(repo, TIME) },
    {
      title: 'The same document says how data goes away',
      level: 'static',
      run: () => says(repo, /delet|purg|erase|remov|expir|prun|anonymi|rotat|overwrit|trim/i),
    },
  ];
}

const PAGE = /(?:privacy|polic|legal)[\w-]*(?:\/(?:page|index))?\.(?:[jt]sx|html?|astro|vue|svelte)$/i;
/** Where a text begins to speak of it: a heading, in Markdown or in a page. */
const HEADING =
  /^(?:#{1,6}|={1,6})[ \t].*(?:retention|retain|how long|lifecycle|deletion)|<h[1-6][^>]*>[^<]*(?:retention|retain|how long)|^.*(?:retention|lifecycle).*\n[=~^-]{3,}$/im;

function says(repo: Repo, pattern: RegExp): Verdict {
  const paths = repo.files.filter(
    (path) =>
      (/\.(mdx?|rst|adoc|txt)$/i.test(path) || PAGE.test(path)) &&
      !/node_modules|fixtures|CHANGELOG|CLAUDE|AGENTS|(^|\/)\.|\/(?:blog|content\/pages)\//i.test(path),
  );
  for (const path of paths) {
    const text = (repo.peek(path) ?? '').replace(/<!--[\s\S]*?-->/g, '');
    if (new Set(text.match(/GAP-\d+/g)).size > 4) continue;
    if (/churn|funnel|(?:customer|user) retention/i.test(text)) continue;
    const [from, to] = partOf(path, text);
    const lines = text.slice(0, to).split('\n');
    const at = lines.findIndex(
      (line, index) =>
        index >= from && KEPT.test(line) && TIME.test(lines.slice(index, index + NEAR).join(' ')),
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

/** The first line and the end of what a text says below its heading; all of it where its name is the heading. */
function partOf(path: string, text: string): readonly [number, number] {
  const heading = HEADING.exec(text);
  if (!heading) {
    const isCalledSo =
      /retention|lifecycle|privacy/i.test(path) && /retention|retain|how long/i.test(path + text);
    return [0, isCalledSo ? text.length : 0];
  }
  const after = heading.index + heading[0].length;
  const marks = /^[#=]+(?=[ \t])/.exec(heading[0])?.[0].length ?? 6;
  const next = heading[0].startsWith('<') ? /<h[1-6]/ : new RegExp(`^[#=]{1,${marks}}[ \\t]`, 'm');
  const end = text.slice(after).search(next);
  return [text.slice(0, heading.index).split('\n').length - 1, end === -1 ? text.length : after + end];
}
