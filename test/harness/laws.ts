import { expect } from 'vitest';
import { z } from 'zod';
import type { Finding, Fix, Gap, StaticCheck, Verdict } from '../../src/contract.ts';
import { addPackage } from '../../src/edit/json.ts';
import { sortSpans, splice } from '../../src/edit/spans.ts';
import { join } from '../../src/repo/paths.ts';
import { createRepo, type RawRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import { identityOf } from '../../src/runner/findings.ts';
import { Stage } from '../../src/runner/stage.ts';
import { diffBetween } from '../../src/runner/view-diff.ts';
import { unitKey } from '../../src/runner/wanted.ts';
import { findingsText } from './findings-text.ts';
import type { LoadedCase } from './test-gap.ts';
import { type Tree, toCrlf, toTabs, withBom } from './trees.ts';
import { checksIn, detectionOf, findingsIn, fixIn } from './verbs.ts';

/** One law: its title is the test's name; `holds` throws where it is broken. */
export interface Law {
  readonly title: string;
  holds(): void | Promise<void>;
}

/** The laws of a gap: some hold once, some for every case. */
export function lawsOf(gap: Gap): {
  readonly once: readonly Law[];
  perCase(gapCase: LoadedCase): readonly Law[];
  overAll(cases: readonly LoadedCase[]): readonly Law[];
} {
  return {
    once: [
      { title: 'its metadata is well formed', holds: () => expectWellFormed(gap) },
      { title: 'an empty repository is no crash and no finding', holds: () => expectQuietWhenEmpty(gap) },
    ],
    perCase: (gapCase) => lawsOfCase(gap, gapCase),
    overAll: (cases) => [
      { title: 'each check of its own that only reads fails in a case', holds: () => expectRed(gap, cases) },
    ],
  };
}

function lawsOfCase(gap: Gap, gapCase: LoadedCase): readonly Law[] {
  const always: Law[] = [
    { title: 'finds exactly what it should', holds: () => expectCodes(gap, gapCase) },
    {
      title: 'says the same twice, and fills every placeholder',
      holds: () => expectDeterministic(gap, gapCase),
    },
    { title: 'does nothing where nothing is wanted', holds: () => expectIdle(gap, gapCase) },
    { title: 'closes what is wanted, and leaves the rest', holds: () => expectRestraint(gap, gapCase) },
  ];
  if (gapCase.closed)
    return [...always, { title: 'its checks pass', holds: () => expectPass(gap, treeRepo(gapCase)) }];
  if (!gapCase.open && !(gapCase.notes && gapCase.options)) return always;
  if (gap.meta.fix === 'manual' || gapCase.manual) {
    return [...always, { title: 'tells a person what to do', holds: () => expectSteps(gap, gapCase) }];
  }
  return [
    ...always,
    { title: 'makes exactly the expected diff', holds: () => expectDiff(gap, gapCase) },
    { title: 'finds and changes nothing the second time', holds: () => expectConverged(gap, gapCase) },
    { title: 'its checks pass after', holds: () => expectPass(gap, installed(gap, gapCase).repo) },
    { title: 'CRLF, BOM and tab twins give the same diff', holds: () => expectTwins(gap, gapCase) },
    { title: 'keeps every comment of the lines it keeps', holds: () => expectKeptLines(gap, gapCase) },
  ];
}

/** What the gap says of its cases, one after the other, steps included. */
export function saidOf(gap: Gap, cases: readonly LoadedCase[]): string {
  const told = new Set<string>();
  const texts = cases.map((gapCase) => {
    const repo = treeRepo(gapCase);
    const steps = (findings: readonly Finding[]) =>
      fixIn(gap, repo, findings, optionsOf(gap, gapCase)).manual ?? [];
    return findingsText(gap, { name: gapCase.name, repo, steps }, told);
  });
  return texts.join('\n');
}

function treeRepo(gapCase: LoadedCase): RawRepo {
  return createRepo(memorySource(gapCase.tree, gapCase.modes ?? {}));
}

/** Metadata reads as a register does: a title without period, a problem with one, writes that are declared. */
function expectWellFormed({ meta }: Gap): void {
  expect(meta.id).toMatch(/^GAP-\d{3}$/);
  expect(meta.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(meta.title, 'title ends without a period').not.toMatch(/[.!]$/);
  for (const sentence of [meta.problem, meta.looksFor])
    expect(sentence, 'a sentence ends with a period').toMatch(/\.$/);
  expect(meta.references.length, 'a gap names the source of its rules').toBeGreaterThan(0);
  if (meta.fix === 'automatic')
    expect(meta.writes.length, 'an automatic gap declares what it writes').toBeGreaterThan(0);
}

function expectQuietWhenEmpty(gap: Gap): void {
  const { audit } = auditGap(gap, createRepo(memorySource({})));
  expect(audit.findings.filter(({ note }) => !note)).toEqual([]);
  expect(['closed', 'not-applicable', 'unknown', 'open']).toContain(audit.status);
}

function expectCodes(gap: Gap, gapCase: LoadedCase): void {
  const { audit } = auditGap(gap, treeRepo(gapCase));
  expect({ status: audit.status, reason: audit.status === 'blocked' ? audit.reason : undefined }).toEqual({
    status: expectedStatus(gapCase),
    reason: undefined,
  });
  expect(audit.findings.filter(({ note }) => !note).map(({ code }) => code)).toEqual(gapCase.open ?? []);
  if (gapCase.notes)
    expect(audit.findings.filter(({ note }) => note).map(({ code }) => code)).toEqual(gapCase.notes);
  if (audit.status === 'unknown' || audit.status === 'not-applicable')
    expect(audit.reason, 'says why').toBeTruthy();
}

function expectedStatus({ open, notApplicable, unknown }: LoadedCase): string {
  if (notApplicable) return 'not-applicable';
  if (unknown) return 'unknown';
  return open ? 'open' : 'closed';
}

function expectDeterministic(gap: Gap, gapCase: LoadedCase): void {
  const repo = treeRepo(gapCase);
  const first = detectionOf(gap, repo);
  expect(detectionOf(gap, repo)).toEqual(first);
  expect(detectionOf(gap, treeRepo(gapCase))).toEqual(first);
  for (const { message } of auditGap(gap, repo).audit.findings) expect(message).not.toMatch(/\{\{|\}\}/);
  if ('findings' in first && first.findings.length > 0) {
    expect(fixOf(gap, gapCase, repo)).toEqual(fixOf(gap, gapCase, treeRepo(gapCase)));
  }
}

function fixOf(gap: Gap, gapCase: LoadedCase, repo: RawRepo): Fix {
  return fixIn(gap, repo, findingsIn(gap, repo), optionsOf(gap, gapCase));
}

function optionsOf(gap: Gap, gapCase: LoadedCase): Readonly<Record<string, unknown>> {
  return gap.options
    ? gap
        .options(z)
        .strict()
        .parse(gapCase.options ?? {})
    : {};
}

/** apply keeps to what it is handed: a finding that a person accepts is not handed to it. */
function expectIdle(gap: Gap, gapCase: LoadedCase): void {
  const {
    edits,
    dependencies = [],
    manual = [],
  } = fixIn(gap, treeRepo(gapCase), [], optionsOf(gap, gapCase));
  expect({ edits, dependencies, manual }).toEqual({ edits: [], dependencies: [], manual: [] });
}

/** Unit by unit: what is handed over closes or gives a step, and every other finding stays what it was. */
function expectRestraint(gap: Gap, gapCase: LoadedCase): void {
  const units = unitsOf(gap, treeRepo(gapCase));
  for (const [key, wanted] of units) {
    const repo = treeRepo(gapCase);
    const fix = fixIn(gap, repo, wanted, optionsOf(gap, gapCase));
    const stage = new Stage(repo);
    stage.add(gap.meta, fix.edits);
    addPackages(gap, stage, fix);
    const left = findingsIn(gap, stage.repo).map((finding) => identityOf(gap.meta, finding));
    const others = [...units].filter(([other]) => other !== key).flatMap(([, findings]) => findings);
    const lost = openIdentities(gap, others).filter((identity) => !left.includes(identity));
    expect(lost, `gone though only ${key} was wanted`).toEqual([]);
    if ((fix.manual ?? []).length > 0) continue;
    const kept = openIdentities(gap, wanted).filter((identity) => left.includes(identity));
    expect(kept, `still open though ${key} was wanted, and no step says so`).toEqual([]);
  }
}

function unitsOf(gap: Gap, repo: RawRepo): ReadonlyMap<string, readonly Finding[]> {
  const units = new Map<string, Finding[]>();
  for (const finding of findingsIn(gap, repo)) {
    const key = unitKey(gap, finding);
    units.set(key, [...(units.get(key) ?? []), finding]);
  }
  return units;
}

function openIdentities(gap: Gap, findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ code }) => typeof gap.meta.messages[code] === 'string')
    .map((finding) => identityOf(gap.meta, finding));
}

/** The stage enforces the rest: inside `writes`, nothing created over a file, no overlap, output parses. */
function applied(gap: Gap, gapCase: LoadedCase): Stage {
  const repo = treeRepo(gapCase);
  const stage = new Stage(repo);
  const { edits } = fixOf(gap, gapCase, repo);
  expect(edits.length, 'an open case yields an edit').toBeGreaterThan(0);
  stage.add(gap.meta, edits);
  expect(stage.changes().length, 'an edit changes something').toBeGreaterThan(0);
  for (const edit of edits)
    if (edit.kind === 'create') expect(edit.text, 'no unfilled placeholder').not.toMatch(/\{\{\w+\}\}/);
  return stage;
}

async function expectDiff(gap: Gap, gapCase: LoadedCase): Promise<void> {
  const stage = applied(gap, gapCase);
  await expect(diffBetween(treeRepo(gapCase), stage.repo, stage.paths)).toMatchFileSnapshot(gapCase.diffPath);
}

/** The same with the packages in package.json, as the runner leaves it. */
function installed(gap: Gap, gapCase: LoadedCase): Stage {
  const stage = applied(gap, gapCase);
  addPackages(gap, stage, fixOf(gap, gapCase, treeRepo(gapCase)));
  return stage;
}

function addPackages(gap: Gap, stage: Stage, { dependencies = [] }: Fix): void {
  for (const { dir, name, range, dev } of dependencies) {
    const path = join(dir, 'package.json');
    const section = dev ? 'devDependencies' : 'dependencies';
    const outcome = addPackage(path, stage.repo.text(path), section, { name, range, replace: true });
    if ('refused' in outcome) throw new Error(outcome.refused);
    if (outcome.spans.length > 0)
      stage.add({ ...gap.meta, writes: [path] }, [splice(stage.repo, path, outcome.spans)]);
  }
}

function expectConverged(gap: Gap, gapCase: LoadedCase): void {
  const { repo } = installed(gap, gapCase);
  const { audit, findings } = auditGap(gap, repo);
  expect(audit.findings.filter(({ note }) => !note).map(({ message }) => message)).toEqual([]);
  expect(audit.status).toBe('closed');
  expect(fixIn(gap, repo, findings, optionsOf(gap, gapCase)).edits).toEqual([]);
}

async function expectPass(gap: Gap, repo: RawRepo): Promise<void> {
  const failed = (await readingChecks(gap, repo)).flatMap(({ title, verdict }) =>
    verdict.verdict === 'fail' ? [`${title}: ${verdict.reason}`] : [],
  );
  expect(failed).toEqual([]);
}

/** A check that no case makes fail proves nothing; checks are one kind where their titles begin alike. */
async function expectRed(gap: Gap, cases: readonly LoadedCase[]): Promise<void> {
  const seen = new Map<string, boolean>();
  for (const gapCase of cases)
    for (const { title, verdict } of await readingChecks(gap, treeRepo(gapCase))) {
      const kind = title.split(' ').slice(0, 4).join(' ');
      seen.set(kind, (seen.get(kind) ?? false) || verdict.verdict === 'fail');
    }
  expect([...seen].flatMap(([kind, isRed]) => (isRed ? [] : [kind]))).toEqual([]);
}

async function readingChecks(gap: Gap, repo: RawRepo) {
  const checks = checksIn(gap, repo).filter((check): check is StaticCheck => check.level === 'static');
  const judged: { readonly title: string; readonly verdict: Verdict }[] = [];
  for (const check of checks) judged.push({ title: check.title, verdict: await check.run() });
  return judged;
}

function expectSteps(gap: Gap, gapCase: LoadedCase): void {
  const repo = treeRepo(gapCase);
  const { edits, manual = [] } = fixOf(gap, gapCase, repo);
  expect(manual.length, 'at least one manual step').toBeGreaterThan(0);
  for (const { title, why, seenBy } of manual)
    for (const text of [title, why, seenBy]) expect(text.length).toBeGreaterThan(8);
  if (gap.meta.fix === 'manual') expect(edits).toEqual([]);
}

/** Line ends, BOM and tabs belong to the file: they change nothing but themselves. */
function expectTwins(gap: Gap, gapCase: LoadedCase): void {
  const plain = outcome(gap, gapCase, (tree) => tree);
  expect(
    outcome(gap, gapCase, toCrlf, (text) => text.replaceAll('\r\n', '\n')),
    'CRLF twin',
  ).toEqual(plain);
  expect(
    outcome(gap, gapCase, withBom, (text) => text.replace(/^\uFEFF/, '')),
    'BOM twin',
  ).toEqual(plain);
  expect(Object.keys(outcome(gap, gapCase, toTabs)), 'tab twin').toEqual(Object.keys(plain));
  expectWholeCrlf(gap, gapCase);
}

type Outcome = Readonly<Record<string, string>>;

function outcome(
  gap: Gap,
  gapCase: LoadedCase,
  change: (tree: Tree) => Tree,
  back = (text: string) => text,
): Outcome {
  const stage = applied(gap, { ...gapCase, tree: change(gapCase.tree) });
  return Object.fromEntries(
    stage
      .changes()
      .map((edit) => [
        edit.path,
        edit.kind === 'delete' ? 'deleted' : back(Buffer.from(edit.after).toString('utf8')),
      ]),
  );
}

/** In a CRLF file an inserted line ends with CRLF too. */
function expectWholeCrlf(gap: Gap, gapCase: LoadedCase): void {
  for (const edit of applied(gap, { ...gapCase, tree: toCrlf(gapCase.tree) }).changes()) {
    if (edit.kind === 'update')
      expect(Buffer.from(edit.after).toString('utf8').replaceAll('\r\n', '')).not.toContain('\n');
  }
}

/** A splice replaces what it must: comments outside its spans are still there, byte for byte. */
function expectKeptLines(gap: Gap, gapCase: LoadedCase): void {
  const repo = treeRepo(gapCase);
  for (const edit of fixOf(gap, gapCase, repo).edits) {
    if (edit.kind !== 'splice') continue;
    const text = repo.text(edit.path);
    for (const span of sortSpans(edit.path, text, edit.spans)) {
      const lost = commentsOf(text.slice(span.start, span.end)).filter(
        (comment) => !span.text.includes(comment),
      );
      expect(
        lost.filter((comment) => !isOwnComment(text, span, comment)),
        `comments lost in ${edit.path}`,
      ).toEqual([]);
    }
  }
}

/** A comment goes with the code below it or before it on its line; one that stands alone belonged to a neighbour. */
function isOwnComment(
  text: string,
  span: { readonly start: number; readonly end: number },
  comment: string,
): boolean {
  const removed = text.slice(span.start, span.end).trim();
  const code = commentsOf(removed)
    .reduce((rest, each) => rest.replace(each, ''), removed)
    .trim();
  return code !== '' && !removed.endsWith(`\n${comment}`);
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<=^|\s)(#\s.*|\/\/.*|\/\*[\s\S]*?\*\/)/gm)].map(([comment]) =>
    comment.trimEnd(),
  );
}
