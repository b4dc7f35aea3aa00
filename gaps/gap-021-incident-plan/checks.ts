import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';
import { basename } from '../../src/repo/paths.ts';
import { blanksIn, strangersIn } from './promises.ts';

const HEADING =
  /^(#{1,6}|={1,6})[ \t]+.*(?:incident|on-?call|outage|disaster)|^(?:incident|on-?call|outage|disaster).*\n[=~^-]{3,}/im;
const SAYS: readonly (readonly [string, RegExp])[] = [
  ['says how an outage is noticed', /detect|alert|monitor|notic|report/i],
  ['tells how bad it is', /sever|SEV|triage|\bP[0-4]\b|impact level/i],
  ['names who is called', /contact|on-?call|escalat|commander|pager|phone|incident (?:lead|manager|owner)/i],
  [
    'says what is done',
    /restart|restor|roll(?:ing)?[- ]?back|mitigat|recover|contain(?:ment|ed)?\b|resolv|workaround/i,
  ],
  ['says who is told', /communicat|status page|notif|stakeholder|customer|announce/i],
  ['asks what was learnt', /mortem|retrospect|lesson|root cause|post-incident|blameless/i],
];
/** Words for customers and for machines, and material of tests. */
const NOT_OURS =
  /(^|\/)(?:node_modules|vendor|(?:__?)?fixtures(?:__?)?|__tests__|tests?|examples?|templates?|prompts?|locales?|i18n|content|marketing|blog|posts|articles|news|product)\/|(^|\/)\.(?!github\/)/;
const PAST = /post-?\s?mortem|retrospective|\breport|\b20\d\d\b|\b\d{1,2}\s+[A-Z][a-z]+$/im;
const PLANS = /plan|respon|process|procedure|management|handling|runbook|playbook|polic|guide|handbook/i;

/** Over the text below the first heading about incidents, of whichever file says most. */
export function checksOf(repo: Repo): readonly Check[] {
  if (deploymentsOf(repo).length === 0) return [];
  const check = (title: string, run: (plan: Text) => string | undefined): Check => ({
    title: `The plan for incidents ${title}`,
    level: 'static',
    run: () => judged(findText(repo), run),
  });
  return [
    ...SAYS.map(([title, pattern]) =>
      check(title, ({ text }) => (pattern.test(text) ? undefined : 'it does not')),
    ),
    check('is filled in', ({ path, text }) => {
      const blank =
        blanksIn(text)[0]?.name ?? (/template/i.test(basename(path)) ? basename(path) : undefined);
      return blank === undefined ? undefined : `it is not: ${blank}`;
    }),
    check('names only what this repository has', ({ text }) => {
      const stranger = strangersIn(repo, text)[0];
      return stranger && `it has no ${stranger.name}`;
    }),
  ];
}

interface Text {
  readonly path: string;
  readonly text: string;
}

function judged(plan: Text | undefined, run: (plan: Text) => string | undefined): Verdict {
  if (!plan) return { verdict: 'fail', reason: 'no document is a plan for incidents' };
  const reason = run(plan);
  return reason === undefined
    ? { verdict: 'pass', evidence: [{ subject: plan.path, observed: 'it does' }] }
    : { verdict: 'fail', reason: `${plan.path}: ${reason}` };
}

function findText(repo: Repo): Text | undefined {
  const texts = repo.files
    .filter((path) => /\.(mdx?|markdown|rst|adoc|txt)$/i.test(path) && !NOT_OURS.test(path))
    .flatMap((path) => textOf(path, repo.peek(path) ?? ''))
    .map((each) => ({ ...each, parts: SAYS.filter(([, pattern]) => pattern.test(each.text)).length }))
    .filter(({ parts }) => parts > 2);
  const flaws = ({ text }: Text) => blanksIn(text).length + strangersIn(repo, text).length;
  return texts.sort((a, b) => b.parts - flaws(b) - (a.parts - flaws(a)))[0];
}

function textOf(path: string, text: string): readonly Text[] {
  if (new Set(text.match(/GAP-\d+/g)).size > 4) return [];
  const heading = HEADING.exec(text);
  const isNamed = /incident|on-?call|outage/i.test(basename(path));
  if (!heading && !isNamed) return [];
  const named = `${basename(path)}\n${heading?.[0] ?? ''}`;
  if (PAST.test(named) && !PLANS.test(named)) return [];
  const below = isNamed || !heading ? text : text.slice(heading.index);
  const [start, level] = [heading?.[0].length ?? 0, heading?.[1]?.length];
  const after =
    level === undefined || isNamed ? -1 : below.slice(start).search(new RegExp(`^#{1,${level}}[ \\t]`, 'm'));
  return [
    { path, text: (after === -1 ? below : below.slice(0, start + after)).replace(/<!--[\s\S]*?-->/g, '') },
  ];
}
