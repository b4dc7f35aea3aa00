import type { Repo } from '../../../src/contract.ts';
import { documentsInForce } from '../../../src/read/documents/passages.ts';
import { sectionsOf, withoutTasks } from '../../../src/read/documents/prose.ts';
import { basename, dirname } from '../../../src/repo/paths.ts';
import { standingOf } from '../../../src/repo/standing.ts';
import { CONTEXT, DECISION, DECISIONS, REASONS, SAID } from '../tables.ts';

/** A file that records one decision, or should. */
export interface DecisionRecord {
  readonly path: string;
  /** What is decided stands in it. */
  readonly hasDecision: boolean;
}

/** The records of a repository, and the form for them that lies beside them. */
export interface Records {
  readonly records: readonly DecisionRecord[];
  readonly template: string | undefined;
}

const DOCUMENT = /\.(mdx?|rst|adoc|txt)$/i;
/** One of these words stands in every path that is called after decisions. */
const CALLED = /adr|decision/i;
const FOLDER =
  /(^|\/)(?:adrs?|decisions?|decision-?records?|architecture-?decisions?|architecture-decision-records)\/[^/]+$/i;
const NAMED = /(^|\/)(?:adr|decision)[-_]?\d[\w.-]*\.(?:mdx?|rst|adoc)$/i;
const LOG =
  /(^|\/)(?:docs?\/)?(?:DECISIONS?|ADRS?|decision-?log|architecture-?decisions?)\.(?:mdx?|rst|adoc)$/i;
/** Source: a feature of the product may be called after decisions. */
const SOURCE = /(^|\/)(src|app|components|lib)\//i;
const NO_RECORD =
  /^(readme|index|template|_?template[\w.-]*|adr-?template[\w.-]*|0+-template[\w.-]*|summary|toc)\.\w+$/i;
const LEAST_WORDS = 4;
const LEAST_REASONS = 2;

/** Every decision record, whatever the form: a file each, the sections of one log, or of a document about the system. */
export function recordsIn(repo: Repo): Records {
  const documents = repo.find(DOCUMENT).filter(mayRecord);
  const folder = ownFolder(repo);
  const paths = documents.filter(
    (path) => dirname(path) === folder || (CALLED.test(path) && (FOLDER.test(path) || NAMED.test(path))),
  );
  const logs = documents.filter((path) => LOG.test(path) && isLog(repo, path));
  const filed = [
    ...paths
      .filter((path) => !NO_RECORD.test(basename(path)) && !logs.includes(path))
      .map((path) => recordOf(repo, path)),
    ...logs.map((path) => ({ path, hasDecision: true })),
  ];
  const others = decidingDocuments(repo).filter((path) => !filed.some((each) => each.path === path));
  return {
    template: paths.find((path) => /template/i.test(basename(path))),
    records: [...filed, ...others.map((path) => ({ path, hasDecision: true }))],
  };
}

function mayRecord(path: string): boolean {
  const standing = standingOf(path);
  return (standing === 'product' || standing === 'docs') && !SOURCE.test(path);
}

/** The folder that the repository keeps its records in by its own word. */
function ownFolder(repo: Repo): string | undefined {
  const named = repo.peek('.adr-dir')?.trim();
  return named?.replace(/^\.?\/|\/$/g, '') || undefined;
}

/** Documents of another name that record a decision, or that hold a section which says why things are as they are. */
function decidingDocuments(repo: Repo): readonly string[] {
  return documentsInForce(repo, /\bdecisions?\b/i)
    .filter(({ path }) => !SOURCE.test(path) && !/template|^readme|contributing/i.test(basename(path)))
    .filter(({ sections }) => {
      const isRecord = sections.some(({ title }) => CONTEXT.test(title));
      return sections.some(({ title, body }) => {
        const said = withoutTasks(body);
        if (!hasWords(said)) return false;
        // A question is no decision.
        if (isRecord && DECISION.test(title.trim()) && !title.includes('?')) return true;
        return DECISIONS.test(title) && (said.match(REASONS)?.length ?? 0) >= LEAST_REASONS;
      });
    })
    .map(({ path }) => path);
}

function recordOf(repo: Repo, path: string): DecisionRecord {
  const text = (repo.peek(path) ?? '').replace(/<!--[\s\S]*?(?:-->|(?![\s\S]))/g, '');
  const under = sectionsOf(text).filter(({ title }) => DECISION.test(title.trim()));
  const isSaid = under.some(({ body }) => hasWords(body)) || (under.length === 0 && SAID.test(text));
  return { path, hasDecision: isSaid };
}

/** More than a placeholder: a decision may be short. */
function hasWords(body: string): boolean {
  const plain = body.replace(/\{[^{}\n]{0,200}\}|\[[^[\]\n]{0,200}\](?!\()|\bTBD\b|\bTODO\b/g, ' ');
  return (plain.match(/\p{L}{2,}/gu)?.length ?? 0) >= LEAST_WORDS;
}

/** One file with a section for each decision. */
function isLog(repo: Repo, path: string): boolean {
  return sectionsOf(repo.peek(path) ?? '').some(({ level, body }) => level > 1 && hasWords(body));
}
