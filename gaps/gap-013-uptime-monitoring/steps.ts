import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { MonitoringState } from './read.ts';

type StepOf = (finding: Finding<Code>, state: MonitoringState) => ManualStep;

const SEEN = 'The finding is gone from the next audit.';

const STEPS: Readonly<Record<Code, StepOf | undefined>> = {
  'no-monitor': (_finding, state) => ({
    title: `Watch ${state.targets().join(' and ')} from outside every five minutes or less (UptimeRobot, Better Stack, Grafana Cloud, or a workflow on a clock), by a word that only a fresh and healthy answer holds, with an alert that reaches a person; keep its settings in the repository, as in infra/monitoring/${lastBackup(state)}`,
    why: 'The account and the people who are to be woken are not in the repository.',
    seenBy: 'Stop the front end: the alert comes within five minutes. Reading sees the settings.',
  }),
  'idle-monitor': ({ path, data }) => ({
    title:
      data?.name !== undefined && path.endsWith(data.name)
        ? `Run ${path} on a clock, best away from the server that it watches, or delete the file`
        : `Run ${data?.name} of ${path} where it is deployed, or delete the file`,
    why: 'Where it is to run is a decision of those who run the servers.',
    seenBy: SEEN,
  }),
  'rare-monitor': ({ path, data }) => ({
    title: `In ${path}, let ${data?.name} ask every five minutes or less`,
    why: 'What the checks may cost is known to those who pay for them.',
    seenBy: SEEN,
  }),
  'frozen-health': ({ path }) => ({
    title: `In ${path}, add export const dynamic = 'force-dynamic'; and leave it at 200 where Docker's health check asks it; let another route say 503 when something that it needs is down`,
    why: 'What the application cannot do without is known to those who run it.',
    seenBy: `${SEEN} Two requests get two timestamps.`,
  }),
  'broken-probe': ({ path, data }) => ({
    title: `In ${path}, replace ${data?.command} by ${counted(data?.command ?? '')}`,
    why: 'Whoever runs the script knows whether anything counts on its exit code.',
    seenBy: SEEN,
  }),
  'same-host-monitor': undefined,
};

/** What a person could do today about the wanted findings. */
export function stepsFor(state: MonitoringState, wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  return wanted.flatMap((finding) => STEPS[finding.code]?.(finding, state) ?? []);
}

/** A night without a backup is an outage that nobody feels: the file that each good one writes grows old. */
function lastBackup({ backupScript }: MonitoringState): string {
  const script = backupScript();
  return script === undefined
    ? ''
    : `; watch the age of last-success, which ${script} writes beside its archives, too`;
}

/** `((n++))` as an assignment, which is never false. */
function counted(command: string): string {
  const name = /\w+/.exec(command)?.[0] ?? 'n';
  return `${name}=$((${name} + 1))`;
}
