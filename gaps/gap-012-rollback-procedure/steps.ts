import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { ReleaseState } from './read.ts';
import { RUNBOOK, SUBJECT } from './tables.ts';

type Found = Finding<Code>;
type Steps = (found: readonly Found[], state: ReleaseState) => readonly ManualStep[];

/** Who has followed a procedure knows what it lacks. */
export const FOLLOW: ManualStep = {
  title: `Let somebody who has not written it follow ${RUNBOOK} once, on a copy of the server: deploy, roll back, restore; and write the date and the time it took below it`,
  why: 'verify follows it with a stand-in for docker; what the server itself lacks shows only there.',
  seenBy: 'verify cannot see it; a date stands in the document.',
};

/** Ways into service that the document cannot describe. */
export function foreignSteps({ repo, deployments, stack }: ReleaseState): readonly ManualStep[] {
  const described = 'refused' in stack ? [] : [stack.script.path, ...stack.script.files];
  const others = deployments.filter(
    ({ path, kind }) =>
      (kind === 'script' || kind === 'compose') && !described.includes(path) && repo.exists(path),
  );
  if (others.length === 0) return [];
  const names = others.map(({ path }) => path).join(' and ');
  return [
    {
      title: `In ${RUNBOOK}, say of ${names} whether anybody still deploys with it and how that is taken back, or delete it`,
      why: 'A second way around the releases starts images that no rollback knows.',
      seenBy: 'verify cannot see it.',
    },
  ];
}

const STEPS: Readonly<Record<Code, Steps>> = {
  'releases-pruned': () => [],
  'image-overwritten': (found) =>
    [...new Set(found.map(({ path }) => path))].map((path) => {
      const names = found.filter((each) => each.path === path).map(({ data }) => data?.service ?? '');
      return step(
        `In ${path}, give ${names.join(', ')} a name with a version, as in image: <project>-${names[0]}:\${RELEASE:-latest}, and let the deploy script set RELEASE to git rev-parse --short HEAD before it builds; keep the last five`,
        'How many releases the disk of the server can hold is known to those who run it.',
      );
    }),
  'no-procedure': (found, state) => [
    ...found.map(({ path }) =>
      step(
        `Write ${SUBJECT.path}: how ${path} deploys; how to go back (${wayBack(state)}); how to go back with everything down and a backup restored; how to restart one service; and that migrations without a way down are taken back by restoring the database. Every command as it is typed on the server, each with how to see that it worked`,
        'Whoever deploys knows the server, its users and its paths.',
      ),
    ),
    step(
      'Let somebody who has not written it follow it once, on a copy of the server, and write the date and the time it took below it',
      'A procedure that nobody has followed is a guess.',
    ),
  ],
  'dead-reference': (found) =>
    found.map(({ path, data }) =>
      step(
        `In ${path}, replace ${data?.name}, which is not there, by what is deployed`,
        'Only those who wrote it know what they meant.',
      ),
    ),
};

/** What a person could do today about the wanted findings. */
export function stepsFor(
  state: ReleaseState,
  wanted: readonly Found[],
  why = 'refused' in state.stack ? state.stack.refused : undefined,
): readonly ManualStep[] {
  return Object.entries(STEPS).flatMap(([code, stepsOf]) => {
    const found = wanted.filter((finding) => finding.code === code);
    const steps = found.length === 0 ? [] : stepsOf(found, state);
    if (code !== 'image-overwritten' || why === undefined) return steps;
    return steps.map((each) => ({ ...each, why: `This cannot be done here: ${why}. ${each.why}` }));
  });
}

function wayBack({ deployments }: ReleaseState): string {
  return deployments.some(({ kind }) => kind === 'compose' || kind === 'script')
    ? 'RELEASE=<the one before> with up -d --no-deps --no-build <service>; a restart alone keeps the image'
    : 'the command or the page of the host that puts the release before back, and how to find its name';
}

function step(title: string, why: string): ManualStep {
  return { title, why, seenBy: 'The finding is gone from the next audit.' };
}
