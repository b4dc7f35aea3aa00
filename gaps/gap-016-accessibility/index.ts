import {
  type Check,
  CLOSED,
  defineGap,
  type NextApp,
  notApplicable,
  type Repo,
  type Verdict,
} from '../../src/contract.ts';
import { findingsIn } from './scan.ts';

/** Tests, stories, mocks, and videos: nobody uses them as a page. */
const OTHERS =
  /\.(?:\w*test|\w*spec|stories|story|cy|mock)\.|(^|\/)(__tests__|__mocks__|e2e|cypress|playwright|remotion)\//;

/** Components of what ships, with the application that they belong to. */
function componentsOf(repo: Repo): readonly { readonly app: NextApp; readonly path: string }[] {
  return repo.layout.apps.flatMap((app) =>
    app.files.filter((path) => /\.[jt]sx$/.test(path) && !OTHERS.test(path)).map((path) => ({ app, path })),
  );
}

export default defineGap({
  meta: {
    id: 'GAP-016',
    slug: 'accessibility',
    title: 'Accessibility audit (ARIA attributes)',
    problem: 'Controls without a name, fields without a label and clicks without a key shut people out.',
    looksFor:
      'Icon-only buttons without a name, fields without a label, elements that only a mouse can operate, images without alt.',
    category: 'Frontend',
    priority: 'P3',
    effort: '2 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'unnamed-button': 'This <{{element}}> shows only an icon and has no accessible name.',
      'title-only-button': {
        text: 'This <{{element}}> is named by its title alone, which touch and most keyboards never show.',
        kind: 'note',
      },
      'unlabelled-field': 'This <{{element}}> has no label that assistive technology can find.',
      'mouse-only-control': 'This <{{element}}> reacts to a click and to no key, and says no role.',
      'role-without-keys': 'This <{{element}}> says that it is a {{role}}, and reacts to no key.',
      'image-without-alt': 'This <{{element}}> has no alt text.',
    },
    references: [
      'https://www.w3.org/TR/WCAG22/#name-role-value',
      'https://www.w3.org/TR/WCAG22/#keyboard',
      'https://www.w3.org/TR/accname-1.2/',
      'https://www.w3.org/WAI/WCAG22/Techniques/failures/F82',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const components = componentsOf(repo);
    if (components.length === 0) return notApplicable('no Next.js app with JSX components');
    const findings = components.flatMap(({ app, path }) => findingsIn(repo, app, path));
    return findings.length === 0 ? CLOSED : { findings };
  },

  apply(_state, findings) {
    const has = (code: string) => findings.some((finding) => finding.code === code);
    const steps = [
      has('unnamed-button') &&
        'Give each listed button an aria-label that says what it does ("Close", "Send message"), and its icon aria-hidden="true"',
      has('unlabelled-field') &&
        'Tie each listed field to a <label htmlFor> with an id from useId(); where the design shows none, give it an aria-label',
      (has('mouse-only-control') || has('role-without-keys')) &&
        'Make each listed element a <button type="button">; where it is a backdrop, close on Escape and set role="presentation"',
      has('image-without-alt') &&
        'Give each listed image an alt text that says what it shows; alt="" where it only decorates',
    ].filter((step) => step !== false);
    return {
      edits: [],
      manual: steps.map((title) => ({
        title,
        why: 'Only a person knows what the control is for; an invented name is worse than none.',
        seenBy: 'The finding is gone from the next audit.',
      })),
    };
  },

  verify({ repo }) {
    return [check('Every button with nothing but an icon in it has a name', repo, iconOnlyButtons)];
  },
});

function check(title: string, repo: Repo, look: (text: string) => readonly string[]): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const bad = componentsOf(repo).flatMap(({ path }) =>
        look(repo.peek(path) ?? '').map((what) => `${path}: ${what}`),
      );
      if (bad.length > 0)
        return { verdict: 'fail', reason: `${bad.length} without a name, the first: ${bad[0]}` };
      return {
        verdict: 'pass',
        evidence: [{ subject: 'the source of every component', observed: 'no unnamed control' }],
      };
    },
  };
}

/** Read as text, without the element scanner: `<button …><Icon … /></button>` with no naming attribute. */
function iconOnlyButtons(text: string): readonly string[] {
  return [...text.matchAll(/<button\b([^<]*?)>\s*<(\w*(?:Icon|svg))\b([^>]*)\/>\s*<\/button>/g)]
    .filter(([, attributes = '']) => !/aria-label|title=|\{\.\.\./.test(attributes))
    .filter(
      ([, , icon = '', attributes = '']) => !isOwn(icon, text) && !/\b(?:title|label)=/.test(attributes),
    )
    .filter(({ index }) => !/Tooltip\b[^>]*\btitle=[^>]*>\s*$/.test(text.slice(0, index)))
    .map(([whole]) => whole.replace(/\s+/g, ' ').slice(0, 80));
}

/** A drawing of the project's own may carry a text, which is for detect to look up. */
function isOwn(name: string, text: string): boolean {
  return new RegExp(
    `\\b(?:const|function)\\s+${name}\\b|\\b${name}\\b[^'"]*\\sfrom\\s+['"](?:[.~#]|@/)`,
  ).test(text);
}
