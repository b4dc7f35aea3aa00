import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Evidence } from '../contract.ts';
import type { CheckResult } from '../runner/results.ts';
import { visibleLine } from '../words/visible.ts';

/** What happened while a check ran. */
export interface Transcript {
  note(subject: string, observed: string): void;
  picture(page: Page, name: string): Promise<void>;
  readonly entries: readonly Evidence[];
  readonly pictures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export function createTranscript(): Transcript {
  const entries: Evidence[] = [];
  const pictures: { name: string; bytes: Uint8Array }[] = [];
  return {
    entries,
    pictures,
    note: (subject, observed) => void entries.push({ subject, observed }),
    async picture(page, name) {
      pictures.push({ name, bytes: await page.screenshot({ fullPage: false, timeout: 10_000 }) });
    },
  };
}

/** A check with all that was seen of it. */
export interface ProvenCheck {
  readonly result: CheckResult;
  readonly transcript: Transcript;
  /** What the app wrote, where the check failed. */
  readonly log?: string;
}

/** The evidence of a gap, or of a build: one folder. */
export interface EvidenceFolder {
  /** `GAP-NNN`, or `build-frontend`. */
  readonly name: string;
  readonly title: string;
  readonly checks: readonly ProvenCheck[];
}

export interface EvidenceRun {
  /** What was proven, for the head of the index: commit, level, day. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly folders: readonly EvidenceFolder[];
  /** Secrets and machine paths, longest first, and what stands for them. */
  readonly hidden: readonly (readonly [text: string, instead: string])[];
}

const LOG_LINES = 60;

/**
 * Writes the evidence: an index and a folder for each gap, with a page, pictures, and the app's log where a
 * check failed. Nothing secret and no path of the machine is in it.
 */
export async function writeEvidence(dir: string, run: EvidenceRun): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'README.md'), indexPage(run));
  for (const folder of run.folders) {
    await mkdir(join(dir, folder.name), { recursive: true });
    const page = folderPage(folder);
    await writeFile(join(dir, folder.name, 'README.md'), hide(page, run.hidden));
    for (const { name, bytes } of picturesOf(folder)) await writeFile(join(dir, folder.name, name), bytes);
  }
}

/** Shows text of programs without what is secret, and without obeying it. */
export function hide(text: string, hidden: EvidenceRun['hidden']): string {
  const shown = hidden.reduce((rest, [secret, instead]) => rest.replaceAll(secret, instead), text);
  return shown.split('\n').map(visibleLine).join('\n');
}

/** The values of variables whose names say that nobody else should see them, longest first. */
export function secretValues(env: Readonly<Record<string, string | undefined>>): EvidenceRun['hidden'] {
  return Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) && value && value.length >= 8 ? [value] : []))
    .sort((a, b) => b.length - a.length)
    .map((value) => [value, '<secret>'] as const);
}

const SECRET_NAME =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|(^|_)(KEY|AUTH|PWD|DSN)(_|$)/i;

/** A result as it may be shown: what a check saw is the words of strange programs. */
export function hideIn(result: CheckResult, hidden: EvidenceRun['hidden']): CheckResult {
  const { result: verdict } = result;
  const shown = (evidence: readonly Evidence[]) =>
    evidence.map(({ subject, observed }) => ({
      subject: hide(subject, hidden),
      observed: hide(observed, hidden),
    }));
  if (verdict.verdict === 'skip') return result;
  if (verdict.verdict === 'pass')
    return { ...result, result: { ...verdict, evidence: shown(verdict.evidence) } };
  const { reason, evidence } = verdict;
  return {
    ...result,
    result: { ...verdict, reason: hide(reason, hidden), ...(evidence ? { evidence: shown(evidence) } : {}) },
  };
}

function indexPage({ facts, folders }: EvidenceRun): string {
  const rows = folders.map(({ name, title, checks }) => {
    const count = (verdict: string) =>
      checks.filter(({ result }) => result.result.verdict === verdict).length;
    return `| [${name}](${name}/README.md) | ${title} | ${count('pass')} | ${count('fail')} | ${count('skip')} |`;
  });
  return [
    '# Evidence',
    '',
    ...facts.map(([label, value]) => `- ${label}: ${value}`),
    '',
    '| What | Title | Pass | Fail | Skip |',
    '| --- | --- | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n');
}

function folderPage(folder: EvidenceFolder): string {
  const parts = folder.checks.flatMap((check, index) => checkPart(check, index));
  return [`# ${folder.name}: ${folder.title}`, '', ...parts].join('\n');
}

const WORDS = { pass: 'PASS', fail: 'FAIL', skip: 'SKIP' } as const;

function checkPart({ result, transcript, log }: ProvenCheck, index: number): readonly string[] {
  const { title, level, milliseconds, result: verdict } = result;
  const entries = [...(verdict.verdict === 'skip' ? [] : (verdict.evidence ?? [])), ...transcript.entries];
  return [
    `## ${WORDS[verdict.verdict]}: ${title}`,
    '',
    `Level ${level}, ${(milliseconds / 1000).toFixed(1)} s.`,
    '',
    ...(verdict.verdict === 'pass' ? [] : [`**${verdict.reason}**`, '']),
    ...(verdict.verdict === 'skip' && verdict.remedy ? [`To have it: \`${verdict.remedy}\``, ''] : []),
    ...(entries.length === 0 ? [] : ['```text', ...entries.map(entryLine), '```', '']),
    ...transcript.pictures.flatMap(({ name }) => [`![${name}](${pictureName(index, name)})`, '']),
    ...(log ? ['What the app wrote:', '', '```text', lastLines(log), '```', ''] : []),
  ];
}

function entryLine({ subject, observed }: Evidence): string {
  const answer = observed.includes('\n') ? `\n${observed.replace(/^/gm, '    ')}` : ` ${observed}`;
  return `${subject} ->${answer}`.replaceAll('```', "'''");
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-LOG_LINES).join('\n').replaceAll('```', "'''");
}

function picturesOf({
  checks,
}: EvidenceFolder): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  return checks.flatMap(({ transcript }, index) =>
    transcript.pictures.map(({ name, bytes }) => ({ name: pictureName(index, name), bytes })),
  );
}

function pictureName(index: number, name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['picture'];
  return `${index + 1}-${words.join('-')}.png`;
}
