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
import { type Mechanism, storeKinds } from '../../src/read/product/persistence.ts';
import { findStrategy, recordsOf } from './strategy.ts';

type Code = 'no-strategy' | 'unnamed-store' | 'orphan-schema';

export default defineGap({
  meta: {
    id: 'GAP-023',
    slug: 'database-strategy',
    title: 'Unified database strategy',
    problem:
      'Data is spread over several kinds of databases and files, and nobody has decided what belongs where.',
    looksFor:
      'Repositories that keep records in more than one kind of database without a document that decides about each, and schemas that nothing uses.',
    category: 'Database',
    priority: 'P3',
    effort: '2 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-strategy': 'Records are kept in {{kinds}}, and no document decides what belongs where.',
      'unnamed-store': '{{kind}} keeps records here ({{how}}), and {{document}} does not say what for.',
      'orphan-schema': 'This schema declares tables for {{kind}}, and no code uses it.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-023',
      'https://www.sqlite.org/whentouse.html',
      'https://adr.github.io/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
    const mechanisms = recordsOf(repo);
    const kinds = storeKinds(mechanisms);
    if (mechanisms.length === 0) return notApplicable('nothing here keeps records');
    const orphans = mechanisms
      .filter(({ orphan }) => orphan)
      .map(
        ({ kind, path, at }): Finding<Code> => ({
          code: 'orphan-schema',
          path,
          at,
          data: { kind },
        }),
      );
    if (kinds.length === 1) return { findings: orphans, reason: `records are kept in ${kinds[0]} alone` };
    const strategy = findStrategy(repo, mechanisms);
    if (strategy) {
      const unnamed = placesOf(mechanisms.filter(({ kind }) => strategy.unnamed.includes(kind)));
      const findings = unnamed.map(
        ({ kind, path, at, how }): Finding<Code> => ({
          code: 'unnamed-store',
          path,
          at,
          data: { kind, how: HOW[how], document: strategy.path },
        }),
      );
      return { findings: [...findings, ...orphans], reason: `decided in ${strategy.path}` };
    }
    const missing: Finding<Code> = {
      code: 'no-strategy',
      path: 'docs/adr/database-strategy.md',
      data: { kinds: listed(repo, mechanisms) },
    };
    return { findings: [missing, ...orphans] };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) =>
    (!isCollection(repo) && needsStrategy(recordsOf(repo)) ? checks() : []).map((check) => check(repo)),
});

function needsStrategy(mechanisms: readonly Mechanism[]): boolean {
  return storeKinds(mechanisms).length > 1 || mechanisms.some(({ orphan }) => orphan);
}

const HOW: Readonly<Record<Mechanism['how'], string>> = {
  service: 'a service of the stack',
  client: 'a client in the code',
  schema: 'a schema',
  files: 'files that the server writes',
};

/** The first place of each kind. */
function placesOf(mechanisms: readonly Mechanism[]): readonly Mechanism[] {
  return storeKinds(mechanisms).flatMap((kind) => mechanisms.find((each) => each.kind === kind) ?? []);
}

function listed(_repo: Repo, mechanisms: readonly Mechanism[]): string {
  return placesOf(mechanisms)
    .map(({ kind, path }) => `${kind} (${path})`)
    .join(', ');
}

function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const why = 'What may be lost, who else writes, and where it will run next year are known to the team.';
  const seenBy = 'The finding is gone from the next audit, and the checks of this gap pass.';
  return findings.map(({ code, path, data }) => {
    if (code === 'orphan-schema')
      return { title: `Delete ${path}, or use it`, why: 'Somebody may still mean to use it.', seenBy };
    if (code === 'unnamed-store')
      return {
        title: `Let ${data?.document} say what ${data?.kind} is for, and whether it stays`,
        why,
        seenBy,
      };
    const places = recordsOf(repo).map((each) => `${each.kind} in ${each.path}`);
    return {
      title: `Write docs/adr/database-strategy.md: an inventory (${places.join('; ')}) with what each holds, who writes it, how it is backed up and how long it is kept; which of them is the one for new data and why; and what becomes of each other one, with a date or the reason to leave it. To evaluate is not to migrate: it claims no move that was not made`,
      why,
      seenBy,
    };
  });
}

/** From the names of the databases in all documents, where detect goes from titles to names. */
function checks(): readonly ((repo: Repo) => Check)[] {
  return [
    (repo) => ({
      title: 'One document names every kind of database that keeps records',
      level: 'static',
      run: () => isNamed(repo),
    }),
    (repo) => ({ title: 'Every schema is used', level: 'static', run: () => isUsed(repo) }),
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  PostgreSQL: 'postgres',
  'JSON files': 'json',
  MongoDB: 'mongo',
  DynamoDB: 'dynamo',
};

function isNamed(repo: Repo): Verdict {
  const kinds = storeKinds(recordsOf(repo));
  if (kinds.length < 2)
    return { verdict: 'pass', evidence: [{ subject: 'databases of record', observed: kinds.join(', ') }] };
  const names = kinds.map((kind) => (WORDS[kind] ?? kind).toLowerCase());
  const document = repo.files.find((path) => {
    if (
      !/\.(mdx?|rst|adoc)$/i.test(path) ||
      /node_modules|CHANGELOG|CLAUDE|AGENTS|fixtures|(^|\/)(src|app|\.[\w-]+)\//.test(path)
    )
      return false;
    const text = (repo.peek(path) ?? '').toLowerCase();
    return (
      /database|persist|storage|data store/.test(text) &&
      /decid|decision|strategy|because|instead|rather than|consolidat|oltp|olap|source of truth|\b(?:holds|keeps|stores)\b/.test(
        text,
      ) &&
      new Set(text.match(/gap-\d+/g)).size < 5 &&
      names.every((name) => text.includes(name))
    );
  });
  if (document === undefined)
    return { verdict: 'fail', reason: `no document decides about ${kinds.join(', ')}` };
  return { verdict: 'pass', evidence: [{ subject: document, observed: `names ${kinds.join(', ')}` }] };
}

function isUsed(repo: Repo): Verdict {
  const schemas = repo.files.filter((path) => path.endsWith('.prisma') && repo.mentions(path, /datasource/));
  const isImported = repo.files.some(
    (path) =>
      /\.[cm]?[jt]sx?$/.test(path) &&
      !/\.test\.|node_modules/.test(path) &&
      repo.mentions(path, /PrismaClient/),
  );
  if (schemas.length > 0 && !isImported)
    return { verdict: 'fail', reason: `${schemas.join(', ')}: nothing makes a PrismaClient` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'schemas', observed: schemas.join(', ') || 'none that could lie idle' }],
  };
}
