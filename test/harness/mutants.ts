import type { Detection, Finding, Gap, Message } from '../../src/contract.ts';

/** A gap that is wrong in one respect. */
export interface Mutant {
  readonly what: string;
  readonly mutant: Gap;
  /** What the text of the cases holds where there is something to be wrong about. */
  readonly shows: RegExp;
}

/** The ways in which a gap can mislead whoever reads its findings: each must change what the cases record. */
export function mutantsOf(gap: Gap): readonly Mutant[] {
  return [
    { what: 'place', mutant: withFindings(gap, moved), shows: /^(find|note) .*:\d+:\d+$/m },
    { what: 'file', mutant: withFindings(gap, misfiled), shows: /^(find|note) /m },
    { what: 'sentence', mutant: reworded(gap), shows: /^(find|note) /m },
    { what: 'step', mutant: misadvised(gap), shows: /^step /m },
  ];
}

function withFindings(gap: Gap, change: (finding: Finding) => Finding): Gap {
  const detect = (repo: Parameters<Gap['detect']>[0]): Detection => {
    const detection = gap.detect(repo);
    return detection.kind === 'findings'
      ? { ...detection, findings: detection.findings.map(change) }
      : detection;
  };
  return {
    ...gap,
    detect,
    apply: (repo, _wrong, options) => gap.apply(repo, findingsOf(gap, repo), options),
  };
}

/** apply gets what the sound gap found: it is the record that has to notice, not a file that is missing. */
function findingsOf(gap: Gap, repo: Parameters<Gap['detect']>[0]): readonly Finding[] {
  const detection = gap.detect(repo);
  return detection.kind === 'findings' ? detection.findings : [];
}

function moved(finding: Finding): Finding {
  return finding.at === undefined ? finding : { ...finding, at: finding.at === 0 ? 1 : 0 };
}

function misfiled({ at: _at, ...finding }: Finding): Finding {
  return { ...finding, path: `wrong/${finding.path}` };
}

function reworded(gap: Gap): Gap {
  const wrong = (message: Message): Message =>
    typeof message === 'string' ? `Not: ${message}` : { ...message, text: `Not: ${message.text}` };
  const messages = Object.fromEntries(
    Object.entries(gap.meta.messages).map(([code, message]) => [code, wrong(message)]),
  );
  return { ...gap, meta: { ...gap.meta, messages } };
}

function misadvised(gap: Gap): Gap {
  return {
    ...gap,
    detect: (repo) => {
      const detection = gap.detect(repo);
      if (detection.kind === 'not-applicable' || !detection.manual) return detection;
      return {
        ...detection,
        manual: detection.manual.map((step) => ({ ...step, title: 'Delete everything' })),
      };
    },
    apply: (repo, findings, options) => {
      const fix = gap.apply(repo, findings, options);
      return { ...fix, manual: (fix.manual ?? []).map((step) => ({ ...step, title: 'Delete everything' })) };
    },
  };
}
