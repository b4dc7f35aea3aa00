import type { Finding, ManualStep } from '../../src/contract.ts';
import { hasPing } from './apply/monitors.ts';
import type { Code } from './detect.ts';
import { addressOf } from './read/address.ts';
import type { MonitoringState } from './read.ts';
import { BACKUP_MONITOR, MONITORS, SCRIPT, TOKEN } from './tables.ts';

type StepOf = (finding: Finding<Code>, state: MonitoringState) => ManualStep;

const SEEN = 'The finding is gone from the next audit.';

const STEPS: Readonly<Record<Code, StepOf | undefined>> = {
  'no-monitor': (_finding, state) => ({
    title: `Watch ${state.targets().join(' and ')} from outside every five minutes or less (UptimeRobot, Better Stack, Grafana Cloud, or a workflow on a clock), by a word that only a fresh and healthy answer holds, with an alert that reaches a person; keep its settings in the repository, as in infra/monitoring/${lastBackup(state)}`,
    why: 'The account and the people who are to be woken are not in the repository.',
    seenBy: 'Stop the front end: the alert comes within five minutes. Reading sees the settings.',
  }),
  'idle-monitor': (finding, { idle }) => {
    const { path, at } = finding;
    const monitor = idle.find((each) => each.path === path && each.at === at);
    const title =
      monitor?.kind === 'program'
        ? `Run ${path} on a clock, best away from the server that it watches, or delete the file`
        : `Run ${monitor?.name} of ${path} where it is deployed, or delete the file`;
    return { title, why: 'Where it is to run is a decision of those who run the servers.', seenBy: SEEN };
  },
  'rare-monitor': ({ path, data }) => ({
    title: `In ${path}, let ${data?.name} ask every five minutes or less`,
    why: 'What the checks may cost is known to those who pay for them.',
    seenBy: SEEN,
  }),
  'frozen-health': undefined,
  'broken-probe': undefined,
  'blocked-probe': undefined,
  'limited-health': undefined,
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

/** What stays with a person once the monitors are written: the account, and who is woken. */
export function accountSteps({ repo }: MonitoringState): readonly ManualStep[] {
  const site = addressOf(repo).includes('<') ? 'SITE_URL=https://<your domain> ' : '';
  return [
    {
      title: `Create an account at Better Stack (betterstack.com/uptime) and an Uptime API token, then run ${site}${TOKEN}=<token> node ${SCRIPT}, and set there who is woken and how`,
      why: 'The account and the people who are to be woken are not in the repository.',
      seenBy: `verify --level live with ${TOKEN} set asks the provider whether the monitors are there as ${MONITORS} says.`,
    },
    {
      title:
        'With everything set up, stop the front end for five minutes at a quiet hour, and see who is woken',
      why: 'An alert that nobody has seen is a guess.',
      seenBy: 'verify cannot see it; the incident stands in the log of the provider.',
    },
    ...(hasPing(repo)
      ? [
          {
            title: `Put the address that ${TOKEN}=<token> node ${SCRIPT} --urls prints for "${BACKUP_MONITOR}" into the cron file on the server, as BACKUP_PING_URL=<address>`,
            why: 'The address is a secret of its own: whoever has it can say that a backup was made.',
            seenBy: 'verify cannot see it; the heartbeat is up at the provider the morning after.',
          },
        ]
      : []),
  ];
}

/** What somebody set up elsewhere is not seen here. */
export function elsewhereSteps({ elsewhere, targets }: MonitoringState): readonly ManualStep[] {
  if (!elsewhere) return [];
  return [
    {
      title: `See that ${elsewhere.name}, which ${elsewhere.path} speaks of, asks ${targets().join(' and ')}, looks for a word that only a healthy answer holds, and wakes somebody`,
      why: 'What it asks is set there and not in the repository.',
      seenBy: 'verify cannot see it.',
    },
  ];
}
