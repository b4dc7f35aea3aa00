import type { Repo } from '../../src/contract.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';
import { hoursInCron, hoursInSettings } from './frequency.ts';

/** Something that asks the running application on a clock whether it answers. */
export interface Monitor {
  readonly path: string;
  readonly at: number;
  readonly name: string;
  /** `same-host`: goes down together with what it watches. */
  readonly stands: 'outside' | 'same-host';
  /** Hours between two questions, where that is written and more than one. */
  readonly everyHours?: number;
}

const TERRAFORM =
  /resource\s+"(google_monitoring_uptime_check_config|uptimerobot_monitor|betteruptime_monitor|better_uptime_monitor|checkly_check|statuscake_uptime_check|statuscake_test|aws_route53_health_check|aws_synthetics_canary|datadog_synthetics_test|newrelic_synthetics_monitor|pingdom_check|grafana_synthetic_monitoring_check|azurerm_application_insights_(?:standard_)?web_test|oneuptime_monitor|openstatus_\w*monitor|uptimekuma_monitor|site24x7_website_monitor)"/;
const CONFIGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(^|\/)checkly\.config\.[cm]?[jt]s$/, /./, 'Checkly'],
  [/(^|\/)\.upptimerc\.ya?ml$/, /\bsites:/, 'Upptime'],
  [/(^|\/)openstatus(\.config)?\.ya?ml$/, /\burl:/, 'OpenStatus'],
  [
    /(^|\/)(uptime|monitors?|gatus|statuscake|betterstack|uptimerobot)[\w.-]*\.(ya?ml|json)$/i,
    /https?:\/\/(?!localhost|127\.)|"?url"?\s*:/,
    'a list of monitors',
  ],
];
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ASKS =
  /\b(?:curl|wget|http|lychee|hurl)\b[^\n]*(?:https:\/\/(?!api\.github|github\.com|registry\.)|\$\{?\{?\s*(?:secrets|vars|env)\.\w*(?:URL|HOST|SITE|DOMAIN))|uses:\s*[\w./-]*(?:uptime|health-?check|url-health|http-request|upptime)[\w./-]*@|playwright test/i;
const WATCHING = /uptime|health|monitor|smoke|heartbeat|synthetic|status|ping/i;
const IMAGES =
  /(?:^|\/)(uptime-kuma|gatus|blackbox-exporter|statping(?:-ng)?|cachet|healthchecks|openstatus[\w-]*|upptime)(?::|@|$)/;
const SERVICES =
  /\b(UptimeRobot|Uptime Robot|Better ?Stack|Better ?Uptime|Pingdom|StatusCake|Checkly|Site24x7|Freshping|HetrixTools|Uptime\.com|Instatus|Cronitor|Healthchecks\.io|Statuspage)\b/i;

/** Every monitor that the repository holds and that something runs. */
export function monitorsOf(repo: Repo): readonly Monitor[] {
  return [...terraform(repo), ...configs(repo), ...workflows(repo), ...services(repo)];
}

function terraform(repo: Repo): readonly Monitor[] {
  return repo.find(/\.tf(\.json)?$/).flatMap((path): Monitor[] => {
    const found = TERRAFORM.exec(repo.peek(path) ?? '');
    return found ? [{ path, at: found.index, name: found[1] ?? '', stands: 'outside' }] : [];
  });
}

function configs(repo: Repo): readonly Monitor[] {
  return CONFIGS.flatMap(([name, content, title]) =>
    repo
      .find(name)
      .filter(
        (path) =>
          !/(^|\/)(node_modules|\.github|src|app|components|tests?|fixtures|examples?|templates?|docs)\//.test(
            path,
          ),
      )
      .filter((path) => content.test(repo.peek(path) ?? ''))
      .map(
        (path): Monitor => ({
          path,
          at: 0,
          name: title,
          stands: 'outside',
          ...rare(hoursInSettings(repo.peek(path) ?? '')),
        }),
      ),
  );
}

function workflows(repo: Repo): readonly Monitor[] {
  return repo.find(WORKFLOW).flatMap((path): Monitor[] => {
    const text = (repo.peek(path) ?? '').replace(/^\s*#.*$/gm, '');
    const at = text.search(/^\s*-?\s*cron:/m);
    const asks = at !== -1 && WATCHING.test(`${path} ${/^name:(.*)$/m.exec(text)?.[1]}`) && ASKS.test(text);
    if (!asks) return [];
    return [{ path, at: 0, name: 'a workflow on a clock', stands: 'outside', ...rare(hoursInCron(text)) }];
  });
}

function rare(hours: number): { readonly everyHours?: number } {
  return hours > 1 ? { everyHours: hours } : {};
}

/** Services of the stacks that are deployed; another stack runs nothing. */
function services(repo: Repo): readonly Monitor[] {
  const deployed = new Set(
    deploymentsOf(repo).flatMap(({ kind, path }) => (kind === 'compose' ? [path] : [])),
  );
  return [...deployed].flatMap((path) =>
    composeModel(repo, { path }).services.flatMap(({ value, at }): Monitor[] => {
      const name = IMAGES.exec(String(value.image ?? ''))?.[1];
      return name === undefined ? [] : [{ path, at, name, stands: 'same-host' }];
    }),
  );
}

/** A monitor's settings, or a stack with a monitor, that nothing which is deployed runs. */
export function idleMonitors(
  repo: Repo,
): readonly { readonly path: string; readonly at: number; readonly name: string }[] {
  const deployed = new Set(deploymentsOf(repo).map(({ path }) => path));
  const stacks = repo.layout.compose
    .filter(({ path }) => !deployed.has(path))
    .flatMap(({ path }) => {
      const found = /image:\s*['"]?([^\s'"]+)/g;
      return [...(repo.peek(path) ?? '').matchAll(found)].flatMap((match) => {
        const name = IMAGES.exec(match[1] ?? '')?.[1];
        return name === undefined ? [] : [{ path, at: match.index, name }];
      });
    });
  const settings = repo
    .find(/(^|\/)(prometheus|blackbox)[\w.-]*\.ya?ml$/)
    .filter((path) => repo.mentions(path, /probe_success|\bprober:|\/probe\b/))
    .map((path) => ({ path, at: 0, name: 'blackbox-exporter' }));
  return [...stacks, ...settings];
}

/** Where a document names a service that watches sites; its monitors are set up there, out of sight. */
export function namedService(repo: Repo): { readonly path: string; readonly name: string } | undefined {
  for (const path of repo.find(/\.(md|mdx|rst|adoc)$/i)) {
    if (/(^|\/)(node_modules|src|CHANGELOG|docs\/product)|\/content\//i.test(path)) continue;
    const text = repo.peek(path) ?? '';
    const name = SERVICES.exec(text)?.[1];
    if (
      name !== undefined &&
      /\b(?:status page|monitored (?:by|with)|we (?:use|monitor)|monitors? (?:is|are) (?:set|configured)|alerts? (?:go|come|are sent))\b/i.test(
        text,
      )
    )
      return { path, name };
  }
  return undefined;
}
