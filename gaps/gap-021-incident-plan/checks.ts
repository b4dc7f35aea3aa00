import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deployments.ts';

const HEADING =
  /^(?:#{1,6}|={1,2})\s.*(?:incident|on-?call|outage)|^(?:incident|on-?call|outage).*\n[=~^-]{3,}/im;
const SAYS: readonly (readonly [string, RegExp])[] = [
  ['names who is called', /contact|on-?call|escalat|commander|pager|phone|lead|manager|owner/i],
  ['tells how bad it is', /sever|SEV|triage|P[0-4]|impact/],
  ['says what is done', /restart|restor|roll|mitigat|recover|contain|resolv/i],
  ['asks what was learnt', /mortem|retrospect|lesson|root cause|post-incident|blameless/i],
];
const PLACEHOLDER =
  /\[(?:name|phone|e-?mail|your|contact|date|team)[^\]]*\](?!\()|<(?:name|phone|e-?mail|your|contact)[^>]*>|\bTBD\b|_{4,}/gi;

/** Over whole files whose name or heading is about incidents, one expectation at a time. */
export function checksOf(repo: Repo): readonly Check[] {
  if (deploymentsOf(repo).length === 0) return [];
  return SAYS.map(([title, pattern]) => ({
    title: `A plan for incidents ${title}`,
    level: 'static',
    run: () => says(repo, pattern),
  }));
}

function says(repo: Repo, pattern: RegExp): Verdict {
  const paths = repo.files.filter(
    (path) => /\.(mdx?|rst|adoc|txt)$/i.test(path) && !/node_modules|fixtures|\/\.|^\.(?!github)/.test(path),
  );
  for (const path of paths) {
    const text = repo.peek(path) ?? '';
    if (!/incident|on-?call|outage/i.test(path) && !HEADING.test(text)) continue;
    if (new Set(text.match(/GAP-\d+/g)).size > 4 || (text.match(PLACEHOLDER)?.length ?? 0) > 2) continue;
    const isPlan = SAYS.filter(([, each]) => each.test(text)).length >= 2;
    if (isPlan && pattern.test(text.replace(/<!--[\s\S]*?-->/g, '')))
      return { verdict: 'pass', evidence: [{ subject: path, observed: pattern.exec(text)?.[0] ?? '' }] };
  }
  return { verdict: 'fail', reason: 'no document about incidents does' };
}
