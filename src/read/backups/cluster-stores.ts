import type { Repo } from '../../contract.ts';
import { escaped } from '../../repo/escaped.ts';
import { basename, dirname, join } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import { yamlValue } from '../deploy/yaml-value.ts';
import type { Store } from './store.ts';
import { IMAGES, NO_SERVER, type Server } from './tables.ts';

const MATERIAL = /(^|\/)(node_modules|examples?|fixtures|tests?|e2e|docs?|ci)\//;
const RUNS = /^kind:[ \t]*(?:StatefulSet|Deployment)\b/m;
const KEEPS = /volumeClaimTemplates|persistentVolumeClaim|hostPath/;

/** Databases that a cluster runs with a volume: in manifests, and as parts of a Helm chart. */
export function clusterStores(repo: Repo): readonly Store[] {
  return [...manifestStores(repo), ...chartStores(repo)];
}

function manifestStores(repo: Repo): readonly Store[] {
  return repo.find(/\.ya?ml$/).flatMap((path): readonly Store[] => {
    if (MATERIAL.test(path) || !repo.mentions(path, 'kind:')) return [];
    const text = repo.peek(path) ?? '';
    if (!RUNS.test(text) || !KEEPS.test(text)) return [];
    return [...text.matchAll(/^[ \t]*(?:-[ \t]+)?image:[ \t]*["']?([\w./:@-]+)/gm)].flatMap((match) => {
      const [, image = ''] = match;
      const server = serverCalled(image);
      if (!server) return [];
      const service = /^metadata:\s+name:[ \t]*["']?([\w-]+)/m.exec(text)?.[1] ?? basename(path);
      return [storeOf(server, service, path, match.index)];
    });
  });
}

/** What a chart depends on, unless its own values turn it off. */
function chartStores(repo: Repo): readonly Store[] {
  return repo.find(/(^|\/)Chart\.ya?ml$/).flatMap((path): readonly Store[] => {
    if (MATERIAL.test(path) || !repo.mentions(path, 'dependencies')) return [];
    const { dependencies } = asRecord(yamlValue(repo, path));
    const text = repo.text(path);
    return (Array.isArray(dependencies) ? dependencies : []).flatMap((each: unknown) => {
      const { name, alias, condition } = asRecord(each);
      const server = typeof name === 'string' ? serverCalled(name) : undefined;
      if (typeof name !== 'string' || !server || isTurnedOff(repo, path, condition)) return [];
      const at = Math.max(text.search(new RegExp(`name:[ \\t]*["']?${escaped(name)}\\b`)), 0);
      return [storeOf(server, typeof alias === 'string' ? alias : name, path, at)];
    });
  });
}

function serverCalled(image: string): Server | undefined {
  return NO_SERVER.test(image)
    ? undefined
    : IMAGES.find(([pattern]) => pattern.test(image.replace(/-ha$|-cluster$/, '')));
}

function storeOf([, kind, title]: Server, service: string, path: string, at: number): Store {
  return { kind, name: `${title} (${service} in the cluster)`, path, at, service, words: [service] };
}

/** `condition: postgresql.enabled`, which values.yaml answers; that of the chart that a part belongs to has the last word. */
function isTurnedOff(repo: Repo, chart: string, condition: unknown): boolean {
  if (typeof condition !== 'string') return false;
  const folder = dirname(chart);
  const [, whole = '', part = ''] = /^(.*)\/charts\/([^/]+)$/.exec(folder) ?? [];
  const said = part === '' ? undefined : answerIn(repo, whole, `${part}.${condition}`);
  return (said ?? answerIn(repo, folder, condition)) === false;
}

function answerIn(repo: Repo, folder: string, condition: string): unknown {
  const values = join(folder, 'values.yaml');
  if (!repo.exists(values)) return undefined;
  return condition.split('.').reduce<unknown>((value, key) => asRecord(value)[key], yamlValue(repo, values));
}
