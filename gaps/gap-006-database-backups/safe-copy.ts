import type { Edit, ManualStep, Repo, Span } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../src/edit/ts-file.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { isInside } from '../../src/repo/paths.ts';

const DRIVER = 'better-sqlite3';
/** `fs.copyFileSync(DB_PATH, target);` as a statement of its own, with the comment lines above it. */
const COPY =
  /(?:^[ \t]*\/\/[^\n]*\n)*^[ \t]*(?:fs\.)?copyFileSync\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)\s*;?(?=[ \t]*$)/gm;
/** A sentence in a doc comment that calls the copy safe. */
const CLAIM = /[A-Z](?:(?!\*\/)[^.])*?\bcop(?:y|ies)\b(?:(?!\*\/)[^.])*?\b(?:safe|WAL)\b(?:(?!\*\/)[^.])*\./i;
const TRUTH = 'Uses VACUUM INTO, so that what still stands in the WAL comes along.';

/**
 * SQLite's own copy where code copies the file of a live database. Undefined where the shape is not the one that
 * can be replaced line by line.
 */
export function safeCopyEdit(repo: Repo, path: string, at: number): Edit | undefined {
  const text = repo.text(path);
  const copy = [...text.matchAll(COPY)].find(({ index, 0: all }) => index <= at && at < index + all.length);
  if (!copy || !/\.[cm]?ts$|\.m?js$/.test(path) || !hasDriver(repo, path)) return undefined;
  const [all, from = '', to = ''] = copy;
  const imported = addImport(path, text, { module: DRIVER, default: 'Database' });
  const name = ['source', 'live', 'liveDatabase'].find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  if ('refused' in imported || name === undefined || !/^import\b/m.test(text)) return undefined;
  const start = lineStart(text, copy.index);
  const spans: Span[] = [
    ...imported.spans,
    ...claimSpans(text, start),
    { start, end: copy.index + all.length, text: statements(text, start, name, from, to) },
  ];
  return splice(repo, path, spans);
}

/** Folders above the file that declare the driver. */
function hasDriver(repo: Repo, path: string): boolean {
  return repo.layout.packages.some(
    (each) => isInside(each.dir, path) && repo.mentions(each.path, `"${DRIVER}"`),
  );
}

function statements(text: string, at: number, name: string, from: string, to: string): string {
  const indent = indentOf(text, at);
  const unit = indentUnitOf(text);
  const { quote: q, semicolon: s } = styleOf(text);
  return [
    '// A file copy would miss what still stands in the WAL; VACUUM INTO reads the whole database in one transaction.',
    `const ${name} = new Database(${from}, { fileMustExist: true })${s}`,
    'try {',
    `${unit}${name}.prepare(${q}VACUUM INTO ?${q}).run(${to})${s}`,
    '} finally {',
    `${unit}${name}.close()${s}`,
    '}',
  ]
    .map((line) => `${indent}${line}`)
    .join('\n');
}

/** The doc comment of the function says what is no longer so. */
function claimSpans(text: string, before: number): readonly Span[] {
  const start = text.lastIndexOf('/**', before);
  const end = text.indexOf('*/', start);
  if (start === -1 || end === -1 || before - end > 600) return [];
  const claim = CLAIM.exec(text.slice(start, end));
  return claim
    ? [{ start: start + claim.index, end: start + claim.index + claim[0].length, text: TRUTH }]
    : [];
}

/** Code that copies a file over the database, while the service that it belongs to has it open. */
export function liveRestoreSteps(repo: Repo, path: string): readonly ManualStep[] {
  const over = /\bcopyFile(?:Sync)?\(\s*[^,()]*(?:\([^()]*\))?[^,()]*,\s*(\w*(?:DB|database)\w*)\s*\)/i.exec(
    repo.peek(path) ?? '',
  );
  if (!over) return [];
  return [
    {
      title: `In ${path}, do not copy over ${over[1]} while the service has it open: let the restore there refuse and name scripts/restore.sh, or close every connection first and open it again afterwards`,
      why: 'Connections that are open go on with the old file and its WAL; which code may stop the service is a decision.',
      seenBy: `${path} copies nothing over ${over[1]}.`,
    },
  ];
}
