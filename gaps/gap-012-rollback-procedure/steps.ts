import type { Finding, ManualStep } from '../../src/contract.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';

/** What a person could do today. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  const step = (title: string, why: string): ManualStep => ({ title, why, seenBy: SEEN });
  const built = findings.filter(({ code }) => code === 'image-overwritten');
  const names = built.map(({ data }) => data?.service ?? '');
  const steps: ManualStep[] = [];
  if (built[0])
    steps.push(
      step(
        `In ${built[0].path}, give ${names.join(', ')} a name with a version, as in image: <project>-${names[0]}:\${RELEASE:-latest}, and let the deploy script set RELEASE to git rev-parse --short HEAD before it builds; keep the last five`,
        'How many releases the disk of the server can hold is known to those who run it.',
      ),
    );
  const bare = findings.find(({ code }) => code === 'no-procedure');
  if (bare)
    steps.push(
      step(
        `Write docs/deployment-runbook.md: how ${bare.path} deploys; how to go back (RELEASE=<the one before> with up -d --no-deps --no-build <service>; a restart alone keeps the image); how to go back with everything down and a backup restored; how to restart one service; and that migrations without a way down are taken back by restoring the database. Every command as it is typed on the server, each with how to see that it worked`,
        'Whoever deploys knows the server, its users and its paths.',
      ),
      step(
        'Let somebody who has not written it follow it once, on a copy of the server, and write the date and the time it took below it',
        'A procedure that nobody has followed is a guess.',
      ),
    );
  for (const { path, data } of findings.filter(({ code }) => code === 'dead-reference'))
    steps.push(
      step(
        `In ${path}, replace ${data?.name}, which is not there, by what is deployed`,
        'Only those who wrote it know what they meant.',
      ),
    );
  return steps;
}
