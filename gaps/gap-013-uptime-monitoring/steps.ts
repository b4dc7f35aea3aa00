import type { Finding, ManualStep, Repo } from '../../src/contract.ts';

const SEEN = 'The finding is gone from the next audit.';

/** What a person could do today. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  return findings.flatMap((finding) => stepFor(repo, finding) ?? []);
}

function stepFor(repo: Repo, { code, path, data }: Finding): ManualStep | undefined {
  if (code === 'no-monitor')
    return {
      title: `Watch ${address(repo)}/api/health and ${address(repo)}/ from outside every five minutes or less (UptimeRobot, Better Stack, Grafana Cloud, or a workflow on a clock), by a word that only a fresh and healthy answer holds, with an alert that reaches a person; keep its settings in the repository, as in infra/monitoring/${lastBackup(repo)}`,
      why: 'The account and the people who are to be woken are not in the repository.',
      seenBy: 'Stop the front end: the alert comes within five minutes. Reading sees the settings.',
    };
  if (code === 'rare-monitor')
    return {
      title: `In ${path}, let ${data?.name} ask every five minutes or less`,
      why: 'What the checks may cost is known to those who pay for them.',
      seenBy: SEEN,
    };
  if (code === 'frozen-health')
    return {
      title: `In ${path}, add export const dynamic = 'force-dynamic'; and leave it at 200 where Docker's health check asks it; let another route say 503 when something that it needs is down`,
      why: 'What the application cannot do without is known to those who run it.',
      seenBy: `${SEEN} Two requests get two timestamps.`,
    };
  if (code === 'broken-probe')
    return {
      title: `In ${path}, replace ${data?.command} by ${counted(data?.command ?? '')}`,
      why: 'Whoever runs the script knows whether anything counts on its exit code.',
      seenBy: SEEN,
    };
  if (code === 'idle-monitor')
    return {
      title: `Run ${data?.name} of ${path} where it is deployed, or delete the file`,
      why: 'Where it is to run is a decision of those who run the servers.',
      seenBy: SEEN,
    };
  return undefined;
}

/** A night without a backup is an outage that nobody feels: the file that each good one writes grows old. */
function lastBackup(repo: Repo): string {
  const script = repo.find(/\.sh$/).find((path) => repo.mentions(path, 'last-success'));
  return script === undefined
    ? ''
    : `; watch the age of last-success, which ${script} writes beside its archives, too`;
}

/** `((n++))` as an assignment, which is never false. */
function counted(command: string): string {
  const name = /\w+/.exec(command)?.[0] ?? 'n';
  return `${name}=$((${name} + 1))`;
}

/** Where an address may be named, and the ends of all such paths, which are found faster. */
const NAMES_ADDRESS = /(env[\w.-]*\.(example|sample|template)|deploy[\w.-]*\.sh|nginx\.conf)$/;
const ENDS = /\.(?:example|sample|template|sh|conf)$/;

/** The address that the examples of the environment or the documents of the deployment name. */
function address(repo: Repo): string {
  for (const path of repo.find(ENDS)) {
    if (!NAMES_ADDRESS.test(path)) continue;
    const found = /https:\/\/(?!localhost|[\w.]*example\.|api\.|github)[\w-]+(?:\.[\w-]+)+/.exec(
      repo.peek(path) ?? '',
    );
    if (found) return found[0];
  }
  return 'https://<your domain>';
}
