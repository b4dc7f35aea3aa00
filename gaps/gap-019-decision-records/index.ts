import {
  type Check,
  defineGap,
  type Finding,
  type ManualStep,
  notApplicable,
  type Repo,
  type Verdict,
} from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { recordsOf } from './records.ts';

type Code = 'no-records' | 'only-template' | 'no-decision';

const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php|cs|kt|swift)$/;

export default defineGap({
  meta: {
    id: 'GAP-019',
    slug: 'decision-records',
    title: 'Architecture Decision Records',
    problem: 'Nobody has recorded why the system is built as it is, so every decision is taken again.',
    looksFor: 'Repositories with code and without decision records, and records in which no decision stands.',
    category: 'Documentation',
    priority: 'P3',
    effort: '1 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-records':
        'No decision about the architecture is recorded: no docs/adr/, under this name or another.',
      'only-template': 'There is a form for decision records, and no record.',
      'no-decision': 'This record does not say what was decided.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-019',
      'https://cognitect.com/blog/2011/11/15/documenting-architecture-decisions',
      'https://adr.github.io/madr/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (!repo.files.some((path) => CODE.test(path))) return notApplicable('there is no code to decide about');
    if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
    const { records, template } = recordsOf(repo);
    if (records.length === 0) return { findings: [missing(template)] };
    const empty = records.filter(({ hasDecision }) => !hasDecision);
    return {
      findings: empty.map(({ path }) => ({ code: 'no-decision', path, at: 0 })),
      reason: `${records.length} decision ${records.length === 1 ? 'record' : 'records'}, the first ${records[0]?.path}`,
    };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) =>
    repo.files.some((path) => CODE.test(path)) && !isCollection(repo) ? checks(repo) : [],
});

function missing(template: string | undefined): Finding<Code> {
  return template === undefined
    ? { code: 'no-records', path: 'docs/adr' }
    : { code: 'only-template', path: template, at: 0 };
}

function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const why =
    'Why a decision was taken is known to those who took it; an invented reason is worse than none.';
  const seenBy = 'The finding is gone from the next audit, and the checks of this gap pass.';
  return findings.map(({ code, path }) => ({
    title:
      code === 'no-decision'
        ? `In ${path}, write below a heading Decision what was decided, or delete the file`
        : first(repo),
    why,
    seenBy,
  }));
}

/** The decisions that this repository shows, as subjects to write about. */
function first(repo: Repo): string {
  const subjects = [
    ...(repo.layout.apps.length > 0 ? ['the front end framework and how it is deployed'] : []),
    ...(repo.layout.compose.length > 0 ? ['one server with Docker Compose'] : []),
    'where data is kept',
    'how people sign in',
  ];
  return `Write docs/adr/0001-record-architecture-decisions.md and a record for each decision that still binds (${subjects.join('; ')}), each with its status, context, decision and consequences`;
}

/** By file names and lines, where detect goes by folders and sections. */
function checks(repo: Repo): readonly Check[] {
  return [
    {
      title: 'Every file that is numbered as a decision says what was decided',
      level: 'static',
      run: () => decided(repo),
    },
  ];
}

function decided(repo: Repo): Verdict {
  const paths = repo.files.filter(
    (path) =>
      /(^|\/)(?:[\w-]*(?:adr|decision)[\w-]*)(\/[^/]+)?\.(mdx?|rst|adoc|txt)$/i.test(path) &&
      !/node_modules|(^|\/)(src|app|components|lib|fixtures|tests?|templates?|examples?)\/|template|readme|\/index\.|^\.(?!adr)|\/\./i.test(
        path,
      ),
  );
  const named = repo.peek('.adr-dir')?.trim();
  const all =
    named === undefined
      ? paths
      : [...new Set([...paths, ...repo.files.filter((path) => path.startsWith(`${named}/`))])];
  if (all.length === 0) return saidInPassing(repo);
  const silent = all.filter(
    (path) =>
      !repo.mentions(
        path,
        /decision[^\n]*\n+(?!\s*#)[^\n]*\p{L}{2,}[^\n]* [^\n]*\p{L}{2,}|decided|we (?:will|use|chose|choose|keep)|##/iu,
      ),
  );
  const empty = all.filter((path) =>
    repo.mentions(path, /^#+ *decision(?!s)[^\n]*\n(?:\s|TBD|TODO|\{[^}]*\}|\[[^\]]*\])*(?=#|$(?![\s\S]))/im),
  );
  const wrong = [...new Set([...silent, ...empty])];
  if (wrong.length > 0) return { verdict: 'fail', reason: `${wrong.join(', ')}: nothing below the decision` };
  return {
    verdict: 'pass',
    evidence: [{ subject: `${all.length} files`, observed: 'each says what was decided' }],
  };
}

/** No file is called so: a heading about decisions, with reasons below it. */
function saidInPassing(repo: Repo): Verdict {
  const heading = /^(?:#{1,6}[ \t]+.*\bdecisions?\b.*|.*\bdecisions?\b.*\n[=~^-]{3,})$/im;
  const found = repo.files.find((path) => {
    if (!/\.(mdx?|rst|adoc)$/i.test(path) || /node_modules|(^|\/)(?:src|app|\.[\w-]+)\/|template/i.test(path))
      return false;
    const text = repo.peek(path) ?? '';
    const at = text.search(heading);
    return at !== -1 && /\bwhy\b|because|instead|rather|chosen?\b|decided|consequences/i.test(text.slice(at));
  });
  if (found === undefined) return { verdict: 'fail', reason: 'no file records a decision' };
  return { verdict: 'pass', evidence: [{ subject: found, observed: 'says what was decided, and why' }] };
}
