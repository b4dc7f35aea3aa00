import type { Repo } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { importersOf } from '../../src/read/code/imports.ts';
import { isInside } from '../../src/repo/paths.ts';
import type { Place } from './collectors.ts';

const TRANSPORT =
  /^(pino-loki|winston-loki|@logtail\/[\w-]+|@axiomhq\/[\w-]+|next-axiom|pino-datadog-transport|datadog-winston|@datadog\/browser-logs|winston-cloudwatch|pino-cloudwatch|@google-cloud\/logging(?:-[\w-]+)?|@highlight-run\/[\w-]+|pino-elasticsearch|winston-elasticsearch|pino-opentelemetry-transport|@opentelemetry\/(?:exporter-logs-[\w-]+|sdk-logs)|@hyperdx\/node-opentelemetry|logdna|@logdna\/[\w-]+|@papertrail\/[\w-]+|winston-papertrail|pino-papertrail|@honeycombio\/[\w-]+|@logtape\/(?:otel|cloudwatch-logs)|evlog)$/;

/** Packages of the repository that send logs to a service from inside of the program. */
export function transports(repo: Repo): {
  readonly used: readonly Place[];
  readonly unused: readonly Place[];
} {
  const declared = repo.layout.packages.flatMap((workspace) =>
    Object.keys(workspace.manifest.dependencies)
      .filter((name) => TRANSPORT.test(name))
      .map((name) => ({ workspace, name })),
  );
  const used: Place[] = [];
  const unused: Place[] = [];
  for (const { workspace, name } of declared) {
    const importer = findImporter(repo, workspace.dir, name);
    if (importer !== undefined) used.push({ path: importer, at: 0, name });
    else
      unused.push({
        path: workspace.path,
        at: Math.max(0, repo.text(workspace.path).indexOf(`"${name}"`)),
        name,
      });
  }
  return { used, unused };
}

const LOGGER = /['"](?:@logtape\/logtape|pino|winston|consola|loglevel|tslog|bunyan|roarr|signale)['"]/;
/** A request that carries records to a service of logs. */
const SENDS =
  /\bfetch\([\s\S]{0,200}?(?:BETTER_?STACK|LOGTAIL|AXIOM|DATADOG|\bDD_|LOKI|PAPERTRAIL|NEW_?RELIC|HYPERDX|SUMO|LOG_?(?:DRAIN|INGEST|ENDPOINT|SINK)|betterstackdata|logtail\.com|axiom\.co|datadoghq|grafana\.net)/i;

/** A logger whose own sink posts its records to a service, in a file that others import. */
export function findOwnSink(repo: Repo): Place | undefined {
  for (const path of repo.files) {
    if (!/\.[cm]?[jt]s$/.test(path) || /\.(test|spec|config|d)\./.test(path)) continue;
    if (!repo.mentions(path, 'fetch(') || !repo.mentions(path, LOGGER)) continue;
    const match = SENDS.exec(withoutComments(repo, path));
    if (match && isImported(repo, path)) return { path, at: match.index, name: 'a sink of its own' };
  }
  return undefined;
}

function isImported(repo: Repo, path: string): boolean {
  const app = repo.layout.apps.find(({ files }) => files.includes(path));
  const scope = app ?? { dir: '', files: repo.files };
  return importersOf(repo, scope, path).length > 0;
}

/** Types are gone when the code runs. */
const TYPES = /\b(?:import|export)\s+type\s[^;'"]*?from\s*['"][^'"]+['"]/g;
const NEXT_CONFIG = /(^|\/)next\.config\.[cm]?[jt]s$/;

/** A file that imports it, or hands its name to a logger: `transport: { target: 'pino-loki' }`. */
function findImporter(repo: Repo, dir: string, name: string): string | undefined {
  const app = repo.layout.apps.find((each) => each.dir === dir);
  const own = app ? codeBaseOf(repo, app).code : repo.files.filter((path) => isInside(dir, path));
  const quoted = `['"]${name.replace(/[/.]/g, '\\$&')}(?:/[\\w/-]+)?['"]`;
  const named = new RegExp(quoted);
  // Among the packages that Next.js is told to leave alone, a name starts nothing.
  const imported = new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\s*\\(|\\bimport\\s*\\()\\s*${quoted}`);
  return own.find((path) => {
    const isConfig = NEXT_CONFIG.test(path);
    if (!/\.[cm]?[jt]sx?$/.test(path) || (/\.(test|spec|config|d)\./.test(path) && !isConfig)) return false;
    const text = repo.peek(path) ?? '';
    return text.includes(name) && (isConfig ? imported : named).test(blankComments(text).replace(TYPES, ''));
  });
}
