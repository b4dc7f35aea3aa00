import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import type { GapAudit, ReportedFinding } from '../../runner/results.ts';
import type { ReportDocument } from '../document.ts';

const LEVELS = { P0: 'error', P1: 'error', P2: 'warning', P3: 'note' } as const;
/** https://docs.github.com/code-security/code-scanning: rules with this property are sorted by it. */
const SEVERITIES = { P0: 'error', P1: 'error', P2: 'warning', P3: 'recommendation' } as const;
/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/: the base of relative addresses. */
const ROOT = 'SRCROOT';

/** Findings as SARIF 2.1.0, for code scanning: what a person accepted is a suppressed result. */
export function renderSarif(document: ReportDocument): string {
  const gaps: readonly GapAudit[] = hasFindings(document) ? document.gaps : [];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: document.tool.name,
            semanticVersion: document.tool.version,
            rules: gaps.flatMap(rulesOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        results: gaps.flatMap((gap) => gap.findings.map((finding) => resultOf(gap, finding))),
        invocations: [invocationOf(document)],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function hasFindings(
  document: ReportDocument,
): document is Extract<ReportDocument, { readonly command: 'audit' | 'verify' | 'plan' | 'apply' }> {
  return ['audit', 'verify', 'plan', 'apply'].includes(document.command);
}

/** One rule for each code that was found. */
function rulesOf(gap: GapAudit): ReportingDescriptor[] {
  const codes = [...new Set(gap.findings.map(({ code }) => code))];
  return codes.map((code) => ({
    id: ruleId(gap, code),
    name: code,
    shortDescription: { text: `${gap.id}: ${gap.title}` },
    help: helpOf(gap),
    defaultConfiguration: { level: LEVELS[gap.priority] },
    properties: {
      tags: [gap.category, gap.priority],
      'problem.severity': SEVERITIES[gap.priority],
    },
  }));
}

function helpOf({ id, fix, manual }: GapAudit): ReportingDescriptor['help'] {
  const command =
    fix === 'automatic'
      ? `See the change with: aims-fix plan ${id}`
      : `See the steps with: aims-fix audit ${id}`;
  const steps = manual.map(({ title }) => `- ${title}`);
  return { text: command, markdown: [`\`${command.replace(/^.*: /, '')}\``, ...steps].join('\n\n') };
}

function resultOf(gap: GapAudit, finding: ReportedFinding): Result {
  const { code, message, note, fingerprint, waived } = finding;
  return {
    ruleId: ruleId(gap, code),
    kind: note ? 'informational' : 'fail',
    level: note ? 'none' : LEVELS[gap.priority],
    message: { text: message },
    locations: [locationOf(finding)],
    partialFingerprints: { 'aimsFix/v1': fingerprint },
    ...(waived
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${waived.reason} (${waived.owner}, until ${waived.expires})`,
            },
          ],
        }
      : {}),
  };
}

/** A file that is missing has no place; its region is left out. */
function locationOf({ path, line, column }: ReportedFinding): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: addressOf(path), uriBaseId: ROOT },
      ...(line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
    },
  };
}

/** A relative address: a half of a character, which no file name of UTF-8 holds, is replaced. */
function addressOf(path: string): string {
  return encodeURI(Buffer.from(path).toString('utf8')).replace(/[?#]/g, encodeURIComponent);
}

function ruleId({ id }: GapAudit, code: string): string {
  return `${id}/${code}`;
}

function invocationOf(document: ReportDocument): NonNullable<Log['runs'][number]['invocations']>[number] {
  if (document.command !== 'error') return { executionSuccessful: true };
  const { message, exitCode } = document.error;
  return {
    executionSuccessful: false,
    exitCode,
    toolExecutionNotifications: [{ level: 'error', message: { text: message } }],
  };
}
