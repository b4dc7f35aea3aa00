import type { Repo } from '../../../src/contract.ts';
import { documentsOn } from '../../../src/read/documents/passages.ts';
import { isFilled, type Prose, type Section } from '../../../src/read/documents/prose.ts';
import { OTHER_SUBJECT, PUTS_BACK, RUNNING_SYSTEM, SUBJECT, WAY_BACK } from '../tables.ts';
import { type DeadReference, deadReferencesIn } from './dead-references.ts';

/** Where the way back is written down, as words with commands or as a program. */
export interface Procedure {
  readonly path: string;
  readonly at: number;
  /** What its commands name and what is not there. */
  readonly dead: readonly DeadReference[];
}

const PROGRAM = /(^|\/)[\w-]*roll-?back[\w-]*\.(?:sh|bash|mjs|js|ts|ps1|ya?ml)$/i;
const RECIPES = /(^|\/)(?:Makefile|GNUmakefile|[Jj]ustfile)$/;
const TARGET = /^[\w-]*roll-?back[^\n:]{0,200}:[^\n]{0,500}\n((?:[ \t].*\n?)+)/gim;
const PART_OF_A_PRODUCT =
  /(^|\/)(?:migrations?|tests?|__tests__|src|app|components|lib|templates?|examples?)\//;
const CODE = /(?:```|~~~)[\s\S]*?(?:```|~~~|(?![\s\S]))|`[^`\n]+`/g;
const STEP = /^[ \t]*(?:\d+[.)]|[-*])[ \t]+\S.{10,}$/gm;
const ENOUGH_STEPS = 3;

/** Every way back to what ran before. The document that the runbook asks for stands for all others. */
export function proceduresOf(repo: Repo): readonly Procedure[] {
  const all = [...written(repo), ...programs(repo)];
  const asked = all.filter(({ path }) => path === SUBJECT.path);
  return asked.length > 0 ? asked : all;
}

function written(repo: Repo): readonly Procedure[] {
  return documentsOn(repo, SUBJECT).flatMap((document) =>
    document.sections
      .filter((section) => isProcedure(document, section))
      .map((section) => ({
        path: document.path,
        at: section.at,
        dead: deadReferencesIn(repo, document.path, section),
      })),
  );
}

function programs(repo: Repo): readonly Procedure[] {
  const files = repo
    .find(/roll-?back/i)
    .filter((path) => PROGRAM.test(path) && !PART_OF_A_PRODUCT.test(path))
    .filter((path) => PUTS_BACK.test((repo.peek(path) ?? '').replace(/^[ \t]*#.*$/gm, '')))
    .map((path) => ({ path, at: 0, dead: [] }));
  return [...files, ...repo.find(RECIPES).flatMap((path) => targets(repo, path))];
}

/** `rollback:` of a Makefile, with the commands below it. */
function targets(repo: Repo, path: string): readonly Procedure[] {
  return [...(repo.peek(path) ?? '').matchAll(TARGET)]
    .filter(([, commands = '']) => PUTS_BACK.test(commands))
    .map(({ index }) => ({ path, at: index, dead: [] }));
}

/** A section about the way back of the system itself, that says how: by a command, or by steps that touch what runs. */
function isProcedure(prose: Prose, section: Section): boolean {
  const { title, body } = section;
  if (
    !WAY_BACK.test(title) ||
    [title, ...titlesAbove(prose, section)].some((each) => OTHER_SUBJECT.test(each))
  )
    return false;
  if (!isFilled(body)) return false;
  const code = body.match(CODE) ?? [];
  const steps = body.match(STEP) ?? [];
  return (
    code.some((text) => PUTS_BACK.test(text)) ||
    (steps.length >= ENOUGH_STEPS && steps.some((step) => RUNNING_SYSTEM.test(step)))
  );
}

/** The headings that a section stands below, from the nearest up. */
function titlesAbove({ sections }: Prose, section: Section): readonly string[] {
  const above: string[] = [];
  let { level } = section;
  for (const each of sections.slice(0, sections.indexOf(section)).reverse())
    if (each.level < level) {
      above.push(each.title);
      level = each.level;
    }
  return above;
}
