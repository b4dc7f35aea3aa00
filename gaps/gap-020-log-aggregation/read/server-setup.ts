import type { Repo } from '../../../src/contract.ts';
import { standingOf } from '../../../src/repo/standing.ts';
import { SHIPPER, SHIPPING_DRIVER } from '../tables.ts';
import type { Place } from './place.ts';

/** What the Docker daemon of the server is told here, for all containers. */
export interface Daemon {
  readonly path: string;
  readonly sendsAway: boolean;
  readonly isBounded: boolean;
}

/** Machines of developers, where logs are looked at and thrown away. */
const OF_DEVELOPERS = /(^|\/)(dev|local|\.devcontainer)\//i;
const SETUP = /\.(sh|bash)$|(^|\/)(cloud-init|user-?data)[\w.-]*$/i;
const AGENT =
  'filebeat|fluent-bit|td-agent(?:-bit)?|fluentd|promtail|alloy|vector|google-cloud-ops-agent|google-fluentd|amazon-cloudwatch-agent';
const NAMED = new RegExp(AGENT);
const INSTALLED = new RegExp(
  `\\b(?:(?:apt|apt-get|dnf|yum|apk|snap)\\b[^\\n;&|]{0,200}\\b(?:install|add)\\b|systemctl\\b[^\\n;&|]{0,200}\\b(?:enable|start|restart)\\b)[^\\n;&|]{0,400}\\s(${AGENT})(?:\\.service)?(?=[\\s;=&|]|$)`,
  'm',
);
const CHART =
  /^[ \t]*(?:-[ \t]*)?name:[ \t]*["']?(loki-stack|promtail|alloy|k8s-monitoring|fluent-bit|fluentd|vector|filebeat)["']?[ \t]*$/m;

/** The settings of the daemon: a daemon.json, or a script that writes one. */
export function findDaemon(repo: Repo): Daemon | undefined {
  for (const path of repo.find(/(^|\/)daemon\.json$|\.(sh|bash)$/)) {
    const text = repo.peek(path) ?? '';
    if (!isForServers(path) || !text.includes('log-') || !`${path}\n${text}`.includes('daemon.json'))
      continue;
    const driver = /"log-driver"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? '';
    const isBounded = /"max-size"\s*:/.test(text) || /^(local|journald|none)$/.test(driver);
    const sendsAway = SHIPPING_DRIVER.test(driver);
    if (sendsAway || isBounded) return { path, sendsAway, isBounded: isBounded || sendsAway };
  }
  return undefined;
}

/** A script that sets up a server and installs or starts an agent there. */
export function findInstalledAgent(repo: Repo): Place | undefined {
  for (const path of repo.find(SETUP)) {
    const text = repo.peek(path) ?? '';
    if (!isForServers(path) || !NAMED.test(text)) continue;
    const code = text.replace(/(^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length)).replace(/\\\n/g, '  ');
    const match = INSTALLED.exec(code);
    if (match) return { path, at: match.index, name: match[1] ?? '' };
  }
  return undefined;
}

/** A chart or a manifest that runs a collector on every node of the cluster. */
export function findClusterCollector(repo: Repo): string | undefined {
  return repo.find(/\.ya?ml$/).find((path) => {
    const text = repo.peek(path) ?? '';
    if (!isForServers(path)) return false;
    if (/(^|\/)Chart\.yaml$/.test(path)) return CHART.test(text.split(/^dependencies:/m)[1] ?? '');
    if (!/^kind:[ \t]*DaemonSet[ \t]*$/m.test(text)) return false;
    return [...text.matchAll(/^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?([^\s"'#]+)/gm)].some(
      ([, image = '']) => SHIPPER.test(image) && !/otel|opentelemetry|datadog/.test(image),
    );
  });
}

function isForServers(path: string): boolean {
  const standing = standingOf(path);
  return (standing === 'product' || standing === 'tool') && !OF_DEVELOPERS.test(path);
}
