import type { Finding, Repo, Span } from '../../../src/contract.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../src/edit/ts-file.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isInside } from '../../../src/repo/paths.ts';
import type { Code } from '../detect.ts';
import type { Closed } from './restore-guard.ts';

const DRIVER = 'better-sqlite3';
/** For what is copied, whichever the file does not use. */
const NAMES = ['source', 'live', 'liveDatabase', 'sourceDatabase'];
/** `fs.copyFileSync(DB_PATH, target);` as a statement of its own, with the comment lines above it. */
const COPY =
  /(?:^[ \t]*\/\/[^\n]{0,300}\n){0,20}^[ \t]*(?:fs\.)?copyFileSync\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)(?:\s*;)?(?=[ \t]*$)/gm;
/** A sentence in a doc comment that calls the copy safe. */
const CLAIM =
  /[A-Z](?:(?!\*\/)[^.]){0,300}?\bcop(?:y|ies)\b(?:(?!\*\/)[^.]){0,300}?\b(?:safe|WAL)\b(?:(?!\*\/)[^.]){0,300}\./i;
const TRUTH = 'Uses VACUUM INTO, so that what still stands in the WAL comes along.';

/** SQLite's own copy where code copies the file of a live database, in the shape that can be replaced line by line. */
export function safeCopySpans(repo: Repo, path: string, findings: readonly Finding<Code>[]): Closed {
  const text = repo.text(path);
  const nothing: Closed = { spans: [], left: findings };
  const canImport = /\.[cm]?ts$|\.m?js$/.test(path) && /^import\b/m.test(text) && hasDriver(repo, path);
  if (findings.length === 0 || !canImport) return nothing;
  const imported = addImport(path, text, { module: DRIVER, default: 'Database' });
  if ('refused' in imported) return nothing;
  const names = NAMES.filter((each) => !new RegExp(`\\b${escaped(each)}\\b`).test(text));
  const made = findings.map((finding, index) => ({ finding, spans: copySpans(text, finding, names[index]) }));
  const spans = made.flatMap((each) => each.spans ?? []);
  if (spans.length === 0) return nothing;
  return {
    spans: [...imported.spans, ...spans],
    left: made.flatMap((each) => (each.spans ? [] : each.finding)),
  };
}

function copySpans(
  text: string,
  { at = 0 }: Finding<Code>,
  name: string | undefined,
): readonly Span[] | undefined {
  const copy = [...text.matchAll(COPY)].find(({ index, 0: all }) => index <= at && at < index + all.length);
  if (!copy || name === undefined) return undefined;
  const [all, from = '', to = ''] = copy;
  const start = lineStart(text, copy.index);
  return [
    ...claimSpans(text, start),
    { start, end: copy.index + all.length, text: statements(text, start, { name, from, to, all }) },
  ];
}

/** Folders above the file that declare the driver. */
function hasDriver(repo: Repo, path: string): boolean {
  return repo.layout.packages.some(
    (each) => isInside(each.dir, path) && repo.mentions(each.path, `"${DRIVER}"`),
  );
}

interface Copy {
  /** For the connection. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly all: string;
}

function statements(text: string, at: number, { name, from, to, all }: Copy): string {
  const indent = indentOf(text, at);
  const unit = indentUnitOf(text);
  const { quote: q, semicolon: s } = styleOf(text);
  const canRemove = all.includes('fs.copyFileSync') && to !== 'error';
  // A file that was there before is not half a copy.
  const refusal = [
    `if (fs.existsSync(${to})) {`,
    `${unit}throw new Error(${q}The file of the backup is there already${q})${s}`,
    '}',
  ];
  const removal = [
    '} catch (error) {',
    `${unit}// Half a copy would be taken for a backup.`,
    `${unit}fs.rmSync(${to}, { force: true })${s}`,
    `${unit}throw error${s}`,
  ];
  return [
    ...(canRemove ? refusal : []),
    '// A file copy would miss what still stands in the WAL; VACUUM INTO reads the whole database in one transaction.',
    `const ${name} = new Database(${from}, { fileMustExist: true })${s}`,
    'try {',
    `${unit}${name}.prepare(${q}VACUUM INTO ?${q}).run(${to})${s}`,
    ...(canRemove ? removal : []),
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
