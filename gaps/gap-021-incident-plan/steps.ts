import type { Finding, ManualStep, Repo } from '../../src/contract.ts';

const SEEN = 'The finding is gone from the next audit.';

/** What a person could do today. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const lacks = findings.filter(({ code }) => code === 'missing-part');
  return [
    ...findings.flatMap(({ code }) => (code === 'no-plan' ? [write(repo)] : [])),
    ...findings.flatMap(({ code, path }) => (code === 'unfilled-plan' ? [fill(path)] : [])),
    ...(lacks[0]
      ? [
          complete(
            lacks[0].path,
            lacks.map(({ data }) => data?.part ?? ''),
          ),
        ]
      : []),
    ...replacements(findings),
  ];
}

function replacements(findings: readonly Finding[]): readonly ManualStep[] {
  const names = (code: string) =>
    findings.filter((each) => each.code === code).map(({ data }) => data?.name ?? '');
  const [blanks, strangers, path] = [names('blank-place'), names('unknown-name'), findings[0]?.path ?? ''];
  return [
    ...(blanks.length > 0
      ? [
          {
            title: `In ${path}, put names, numbers and times in place of ${blanks.join(', ')}`,
            why: 'Whom to call is known to the team alone.',
            seenBy: SEEN,
          },
        ]
      : []),
    ...(strangers.length > 0
      ? [
          {
            title: `In ${path}, put services and scripts of this repository in place of ${strangers.join(', ')}, or take the commands out`,
            why: 'Which service or script was meant is known to those who wrote the plan.',
            seenBy: SEEN,
          },
        ]
      : []),
  ];
}

function write(repo: Repo): ManualStep {
  const services = repo.layout.compose.filter(({ deployed }) => deployed === 'yes').map(({ path }) => path);
  const restart = services[0] ? ` with the commands that restart each service of ${services[0]}` : '';
  return {
    title: `Write docs/incident-response.md: how an outage is noticed; severities with an example and a time to answer each; who is called first, who next and how; what is done first (stop the damage, go back, restore)${restart}; who tells the users, and where; and the form of a review without blame that is written within a week`,
    why: 'Names, telephone numbers and the time that users wait are known to the team alone.',
    seenBy: SEEN,
  };
}

function fill(path: string): ManualStep {
  return {
    title: `Fill ${path} in: names, numbers and times in place of every placeholder`,
    why: 'A form helps nobody at three in the morning.',
    seenBy: SEEN,
  };
}

function complete(path: string, parts: readonly string[]): ManualStep {
  return {
    title: `Let ${path} say ${parts.join(', ')}`,
    why: 'What the team has agreed on is not in the repository.',
    seenBy: SEEN,
  };
}
