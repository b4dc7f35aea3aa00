import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, type Section } from '../../src/read/product/documents.ts';
import { basename, dirname, join } from '../../src/repo/paths.ts';

/** Where the way back is written down. */
export interface Procedure {
  readonly path: string;
  readonly at: number;
  /** Files that it names and that are not there. */
  readonly missing: readonly string[];
  /** Services that it names and that no Compose file has. */
  readonly strangers: readonly string[];
}

const WAY_BACK =
  /\broll(?:ing)?[\s-]?backs?\b|\brevert(?:ing)? (?:a |the |to )?(?:deploy|release|version|previous)|\bback to the previous (?:version|release)/i;
/** Taking back a transaction, a payment or a migration step of a program is another subject. */
const OTHER_SUBJECT = /\b(?:transaction|credit|payment|function|API|SDK|state|agent|feature flag)s?\b/i;
const COMMAND =
  /\b(?:docker|compose|kubectl|helm|git|gcloud|fly(?:ctl)?|vercel|netlify|heroku|pm2|systemctl|npm|ssh|aws|az|render|railway|cp|psql|restore)\b[ -]/i;
const PROGRAM = /(^|\/)(?:[\w-]*roll-?back[\w-]*\.(?:sh|bash|mjs|js|ts|ps1|ya?ml))$/i;
const FILE = /(?:^|[\s"'`(=])((?:\.{0,2}\/)?(?:[\w.-]+\/)*[\w.-]+\.(?:sh|ya?ml))(?=$|[\s"'`):;,])/gm;
const SERVICE =
  /\bcompose\b[^\n]*?\s(?:up|restart|stop|start|pull|logs|exec|run)\b((?:\s+-[\w-]+(?:[= ]\d+)?|\s+[a-z][\w-]*)*)/g;

/** Every place where the way back to what ran before is written, as words with commands or as a program. */
export function proceduresOf(repo: Repo): readonly Procedure[] {
  const written = documentsAbout(repo, WAY_BACK).flatMap(({ path, sections }) =>
    sections.filter(isProcedure).map(({ at, body }) => ({ path, at, ...referencesOf(repo, path, body) })),
  );
  const programs = repo
    .find(/roll-?back/i)
    .filter(
      (path) =>
        PROGRAM.test(path) && !/(^|\/)(migrations?|tests?|__tests__|src|app|components|lib)\//.test(path),
    )
    .filter((path) => COMMAND.test((repo.peek(path) ?? '').replace(/^\s*#.*$/gm, '')))
    .map((path) => ({ path, at: 0, missing: [], strangers: [] }));
  return [...written, ...programs];
}

function isProcedure({ title, body }: Section): boolean {
  if (!WAY_BACK.test(title) || OTHER_SUBJECT.test(title)) return false;
  const steps = body.match(/^\s*(?:\d+[.)]|[-*])\s+\S.{10,}$/gm)?.length ?? 0;
  const code = [...body.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].some(([text]) => COMMAND.test(text));
  return isFilled(body) && (code || steps >= 3);
}

function referencesOf(repo: Repo, path: string, body: string): Pick<Procedure, 'missing' | 'strangers'> {
  const code = [...body.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([text]) => text).join('\n');
  const files = [...code.matchAll(FILE)].map(([, file = '']) => file);
  const services = new Set(repo.layout.compose.flatMap((file) => serviceNames(repo, file.path)));
  const named = [...code.matchAll(SERVICE)].flatMap(([, list = '']) =>
    list.split(/\s+/).filter((word) => /^[a-z][\w-]*$/.test(word)),
  );
  return {
    missing: [...new Set(files)].filter((file) => !isThere(repo, path, file)),
    strangers:
      services.size === 0
        ? []
        : [...new Set(named)].filter((name) => !services.has(name) && !COMMAND_WORD.test(name)),
  };
}

const COMMAND_WORD = /^(?:sh|bash|node|npm|psql|redis-cli|true|app|service|name|the|all|and|or|to|it|a)$/;

/** Under the root, beside the document, or anywhere by its name: people write paths from where they stand. */
function isThere(repo: Repo, from: string, file: string): boolean {
  const bare = file.replace(/^(?:\.{1,2}\/|\/)+/, '');
  if (/[*<>{}$]/.test(file) || file.startsWith('/')) return true;
  return (
    repo.exists(bare) ||
    repo.exists(join(dirname(from), bare)) ||
    repo.files.some((path) => path.endsWith(`/${bare}`) || basename(path) === bare)
  );
}

function serviceNames(repo: Repo, path: string): readonly string[] {
  const text = repo.peek(path) ?? '';
  const block = /^services:[ \t]*\n((?:[ \t]+.*\n|[ \t]*#.*\n|\n)*)/m.exec(`${text}\n`)?.[1] ?? '';
  const indent = /^([ \t]+)[\w.-]+:/m.exec(block)?.[1] ?? '  ';
  return [...block.matchAll(new RegExp(`^${indent}(["']?)([\\w.-]+)\\1:`, 'gm'))].map(
    ([, , name = '']) => name,
  );
}
