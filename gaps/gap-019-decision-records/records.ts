import type { Repo } from '../../src/contract.ts';
import { documentsAbout, sectionsOf } from '../../src/read/product/documents.ts';
import { basename, dirname } from '../../src/repo/paths.ts';

/** A file that records one decision, or should. */
export interface DecisionRecord {
  readonly path: string;
  /** What is decided stands in it. */
  readonly hasDecision: boolean;
}

export interface Records {
  readonly records: readonly DecisionRecord[];
  /** A form for records, where there is one. */
  readonly template: string | undefined;
}

/** One of these words stands in every path that is called after decisions. */
const CALLED = /adr|decision/i;
const FOLDER =
  /(^|\/)(?:adrs?|decisions?|decision-?records?|architecture-?decisions?|architecture-decision-records)\/[^/]+\.(?:mdx?|rst|adoc|txt)$/i;
const NAMED = /(^|\/)(?:adr|decision)[-_]?\d+[\w.-]*\.(?:mdx?|rst|adoc)$/i;
const LOG =
  /(^|\/)(?:docs?\/)?(?:DECISIONS?|ADRS?|decision-?log|architecture-?decisions?)\.(?:mdx?|rst|adoc)$/i;
const OTHERS =
  /(^|\/)(node_modules|src|app|components|lib|fixtures|tests?|templates?|examples?|\.(?!adr)[\w-]+)\//i;
const NO_RECORD =
  /^(readme|index|template|_?template[\w.-]*|adr-?template[\w.-]*|0+-template[\w.-]*|summary|toc)\.\w+$/i;
const DECISION =
  /^(?:\d[\d.]*\s*)?(?:the )?(?:decision|decision outcome|outcome|resolution|what (?:we|was) decided|chosen option)\b/i;
const SAID =
  /\b(?:we|the team) (?:have )?(?:decided|chose|choose|will|use|adopt|go with|keep)\b|\b(?:was|is) (?:decided|chosen)\b|\bdecided (?:to|that|for)\b|\bchosen option\b|^\s*\**decision\**\s*:\s*\S/im;

/** Every decision record, whatever the form: a file each, or the sections of one log. */
export function recordsOf(repo: Repo): Records {
  const documents = repo.find(/\.(mdx?|rst|adoc|txt)$/i).filter((path) => !OTHERS.test(path));
  const called = documents.filter((path) => CALLED.test(path));
  const folder = ownFolder(repo);
  const paths = documents.filter(
    (path) => dirname(path) === folder || (called.includes(path) && (FOLDER.test(path) || NAMED.test(path))),
  );
  const template = paths.find((path) => /template/i.test(basename(path)));
  const own = paths.filter((path) => !NO_RECORD.test(basename(path)));
  const filed = [...own.map((path) => recordOf(repo, path)), ...logged(repo, called)];
  const others = elsewhere(repo).filter((path) => !filed.some((each) => each.path === path));
  return { template, records: [...filed, ...others.map((path) => ({ path, hasDecision: true }))] };
}

/** The folder that the repository keeps its records in by its own word. */
function ownFolder(repo: Repo): string | undefined {
  const named = repo.peek('.adr-dir')?.trim();
  return named?.replace(/^\.?\/|\/$/g, '') || undefined;
}

/** A section that says why things are as they are, in a document about something else. */
const DECISIONS =
  /^(?:\d[\d.]*\s*)?(?:(?:key|main|important|core) )?(?:(?:architect\w+|design|technical|technology) )decisions?\b/i;
const PARTS_OF_RECORD =
  /^(?:context|status|consequences|considered options|alternatives|options considered)\b/i;
const REASONS =
  /\b(?:why|because|since|so that|instead of|rather than|chose|decided|prefer\w*|trade-?offs?)\b/gi;

/** Records in other folders, and sections that hold several: what they say decides. */
function elsewhere(repo: Repo): readonly string[] {
  return documentsAbout(repo, /\bdecisions?\b/i)
    .filter(({ path }) => !OTHERS.test(path) && !/template|^readme|contributing/i.test(basename(path)))
    .filter(({ sections }) => {
      const isRecord = sections.some(({ title }) => PARTS_OF_RECORD.test(title));
      return sections.some(
        ({ title, body }) =>
          (isRecord && DECISION.test(title.trim()) && hasWords(body)) ||
          (DECISIONS.test(title) && hasWords(body) && (body.match(REASONS)?.length ?? 0) >= 2),
      );
    })
    .map(({ path }) => path);
}

function recordOf(repo: Repo, path: string): DecisionRecord {
  const text = (repo.peek(path) ?? '').replace(/<!--[\s\S]*?-->/g, '');
  const under = sectionsOf(text).filter(({ title }) => DECISION.test(title.trim()));
  const isSaid = under.some(({ body }) => hasWords(body)) || (under.length === 0 && SAID.test(text));
  return { path, hasDecision: isSaid };
}

/** More than a placeholder: a decision may be short. */
function hasWords(body: string): boolean {
  const plain = body.replace(/\{[^}\n]*\}|\[[^\]\n]*\](?!\()|\bTBD\b|\bTODO\b/g, ' ');
  return (plain.match(/\p{L}{2,}/gu)?.length ?? 0) >= 4;
}

/** One file with a section for each decision. */
function logged(repo: Repo, paths: readonly string[]): readonly DecisionRecord[] {
  return paths
    .filter((path) => LOG.test(path))
    .flatMap((path) => {
      const sections = sectionsOf(repo.peek(path) ?? '').filter(
        ({ level, body }) => level > 1 && hasWords(body),
      );
      return sections.length > 0 ? [{ path, hasDecision: true }] : [];
    });
}
