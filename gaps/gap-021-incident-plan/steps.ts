import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { IncidentReadiness } from './read.ts';

interface Step {
  /** What to do about all findings of the code, which are about one plan. */
  title(plan: string, told: string, state: IncidentReadiness): string;
  readonly why: string;
}

const STEPS: Readonly<Record<Code, Step>> = {
  'no-plan': {
    title: (plan, _told, { stack }) =>
      `Write ${plan}: how an outage is noticed; severities with an example and a time to answer each; who is called first, who next and how; what is done first (stop the damage, go back, restore)${stack === undefined ? '' : ` with the commands that restart each service of ${stack}`}; who tells the users, and where; and the form of a review without blame that is written within a week`,
    why: 'Names, telephone numbers and the time that users wait are known to the team alone.',
  },
  'unfilled-plan': {
    title: (plan) => `Fill ${plan} in: names, numbers and times in place of every placeholder`,
    why: 'A form helps nobody at three in the morning.',
  },
  'missing-part': {
    title: (plan, told) => `Let ${plan} say ${told}`,
    why: 'What the team has agreed on is not in the repository.',
  },
  'blank-place': {
    title: (plan, told) => `In ${plan}, put names, numbers and times in place of ${told}`,
    why: 'Whom to call is known to the team alone.',
  },
  'unknown-name': {
    title: (plan, told) =>
      `In ${plan}, put services and scripts of this repository in place of ${told}, or take the commands out`,
    why: 'Which service or script was meant is known to those who wrote the plan.',
  },
};

/** What a person could do today: one step for each kind of finding. */
export function stepsFor(state: IncidentReadiness, wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  const codes = [...new Set(wanted.map(({ code }) => code))];
  return codes.map((code) => {
    const findings = wanted.filter((each) => each.code === code);
    const told = findings.map(({ data }) => Object.values(data ?? {}).join()).join(', ');
    const { title, why } = STEPS[code];
    return {
      title: title(findings[0]?.path ?? '', told, state),
      why,
      seenBy: 'The finding is gone from the next audit.',
    };
  });
}
