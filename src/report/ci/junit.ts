import type { CheckResult, GapAudit, GapVerification } from '../../runner/results.ts';
import type { AppBuild, ReportDocument, VerifyDocument } from '../document.ts';
import { isWaived, placeOf, sortFindings } from '../words.ts';

/** A case of a suite: a check of a verification, or the audit of a gap. */
interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: 'pass' | 'fail' | 'skip';
  /** Why it failed or was skipped, and the findings. */
  readonly text: string;
}

/**
 * JUnit XML, one suite for each gap: every check is a case, and what an audit finds is the text of a failure. The dialect
 * is the one that Jenkins, GitLab and GitHub's test reporters share.
 */
export function renderJunit(document: ReportDocument): string {
  const suites = suitesOf(document);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(document.tool.name)}"${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${xml(name)}"${countsOf(cases)}>`,
      ...cases.flatMap((each) => caseLines(name, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suitesOf(document: ReportDocument): readonly Suite[] {
  switch (document.command) {
    case 'audit':
    case 'plan':
    case 'apply':
      return document.gaps.map((gap) => ({ name: suiteName(gap), cases: [auditCase(gap)] }));
    case 'verify':
      return verifiedSuites(document);
    case 'error':
      return [
        {
          name: document.tool.name,
          cases: [{ name: document.error.name, seconds: 0, outcome: 'fail', text: document.error.message }],
        },
      ];
    default:
      return [];
  }
}

function verifiedSuites({ apps, gaps }: VerifyDocument): readonly Suite[] {
  return [
    ...apps.map(({ app, checks }: AppBuild) => ({ name: app || '.', cases: checks.map(checkCase) })),
    ...gaps.map((gap) => ({ name: suiteName(gap), cases: verifiedCases(gap) })),
  ];
}

function verifiedCases(gap: GapVerification): readonly Case[] {
  if (gap.checks.length === 0) return [auditCase(gap)];
  // What a person accepted does not fail the gate, so it fails no case.
  return gap.checks
    .map(checkCase)
    .map((each) =>
      each.outcome === 'fail' && isWaived(gap)
        ? { ...each, outcome: 'skip' as const, text: `waived: ${each.text}` }
        : each,
    );
}

function suiteName({ id, title }: GapAudit): string {
  return `${id} ${title}`;
}

function auditCase(gap: GapAudit): Case {
  const { open } = sortFindings(gap.findings);
  const name = 'The audit finds nothing that is open';
  const reason = gap.reason ?? gap.status;
  if (gap.status === 'closed') return { name, seconds: 0, outcome: 'pass', text: '' };
  if (gap.status === 'not-applicable' || gap.status === 'unknown')
    return { name, seconds: 0, outcome: 'skip', text: reason };
  const lines = open.map((finding) => `${placeOf(finding)}: ${finding.message}`);
  return { name, seconds: 0, outcome: 'fail', text: lines.length > 0 ? lines.join('\n') : reason };
}

function checkCase({ title, level, result, milliseconds }: CheckResult): Case {
  return {
    name: `${title} (${level})`,
    seconds: milliseconds / 1000,
    outcome: result.verdict,
    text: result.verdict === 'pass' ? '' : result.reason,
  };
}

function countsOf(cases: readonly Case[]): string {
  const number = (outcome: Case['outcome']) => cases.filter((each) => each.outcome === outcome).length;
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  return ` tests="${cases.length}" failures="${number('fail')}" errors="0" skipped="${number('skip')}" time="${seconds.toFixed(3)}"`;
}

function caseLines(suite: string, { name, seconds, outcome, text }: Case): readonly string[] {
  const start = `    <testcase classname="${xml(suite)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`;
  if (outcome === 'pass') return [`${start}/>`];
  const [first = ''] = text.split('\n');
  const inside =
    outcome === 'skip'
      ? `      <skipped message="${xml(first)}"/>`
      : `      <failure message="${xml(first)}">${xml(text)}</failure>`;
  return [`${start}>`, inside, '    </testcase>'];
}

/** Text as XML 1.0 allows it: its markup escaped, and without the characters that no XML document may hold. */
function xml(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (character === '\n') return '&#10;';
      if (code < 0x20 && character !== '\t') return '\uFFFD';
      if ((code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) return '\uFFFD';
      return ESCAPES[character] ?? character;
    })
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
