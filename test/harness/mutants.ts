import type { Finding, Gap, ManualStep, Message } from '../../src/contract.ts';
import { withSubject } from './verbs.ts';

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
  return withSubject(gap, (sound) => ({
    ...sound,
    detect: () => {
      const detection = sound.detect();
      return 'findings' in detection ? { ...detection, findings: detection.findings.map(change) } : detection;
    },
    // apply gets what the sound gap found: it is the record that has to notice, not a file that is missing.
    apply: (_wrong, options) => {
      const detection = sound.detect();
      return sound.apply('findings' in detection ? detection.findings : [], options);
    },
  }));
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
  const wrong = (steps: readonly ManualStep[]) =>
    steps.map((step) => ({ ...step, title: 'Delete everything' }));
  const reading = withSubject(gap, (sound) => ({
    ...sound,
    detect: () => {
      const detection = sound.detect();
      if (!('manual' in detection) || !detection.manual) return detection;
      return { ...detection, manual: wrong(detection.manual) };
    },
    apply: (wanted, options) => {
      const fix = sound.apply(wanted, options);
      return { ...fix, manual: wrong(fix.manual ?? []) };
    },
  }));
  return {
    ...reading,
    read: (repo) => {
      const read = reading.read(repo);
      return read.kind === 'unknown' ? { ...read, manual: wrong(read.manual ?? []) } : read;
    },
  };
}
