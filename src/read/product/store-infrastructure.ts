import type { Repo } from '../../repo/repo.ts';
import { standingOf } from '../../repo/standing.ts';
import type { Mechanism, StoreKind } from './mechanism.ts';
import { CHARTS, IMAGES, TERRAFORM } from './store-tables.ts';

/** The stores that Terraform, Helm and Kubernetes bring up: each kind once, where it is declared first. */
export function infrastructureStores(repo: Repo): readonly Mechanism[] {
  const declared = [...terraformStores(repo), ...chartStores(repo), ...workloadStores(repo)];
  const first = new Map<StoreKind, Mechanism>();
  for (const each of declared) if (!first.has(each.kind)) first.set(each.kind, each);
  return [...first.values()];
}

function storeAt(kind: StoreKind, path: string, at: number): Mechanism {
  return { kind, path, at, how: 'service', orphan: false };
}

function own(repo: Repo, names: RegExp): readonly string[] {
  return repo.find(names).filter((path) => standingOf(path) === 'product');
}

function terraformStores(repo: Repo): readonly Mechanism[] {
  return own(repo, /\.tf$/).flatMap((path) => {
    const text = repo.peek(path) ?? '';
    return TERRAFORM.flatMap(([pattern, kind]) => {
      const at = text.search(pattern);
      return at === -1 ? [] : [storeAt(kind, path, at)];
    });
  });
}

const CHART_NAME = /^[ \t]*(?:-[ \t]*)?name:[ \t]*["']?([\w-]+)/gm;

/** The charts that a chart depends on; its own name stands above them and is no store of that kind. */
function chartStores(repo: Repo): readonly Mechanism[] {
  return own(repo, /(^|\/)(?:Chart|requirements)\.ya?ml$/).flatMap((path) => {
    const text = repo.peek(path) ?? '';
    const from = text.search(/^dependencies:/m);
    if (from === -1) return [];
    return [...text.matchAll(CHART_NAME)].flatMap(({ 1: name = '', index }) => {
      const kind = index > from ? CHARTS.get(name) : undefined;
      return kind === undefined ? [] : [storeAt(kind, path, index)];
    });
  });
}

const WORKLOAD = /^kind:[ \t]*["']?(?:StatefulSet|Deployment|Pod|Cluster)\b/m;
const IMAGE = /^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?([\w./:@-]+)/gm;
const POSTGRES_CLUSTER =
  /^apiVersion:[ \t]*["']?(?:postgresql\.cnpg\.io|acid\.zalan\.do|postgres-operator\.)/m;

function workloadStores(repo: Repo): readonly Mechanism[] {
  return own(repo, /\.ya?ml$/).flatMap((path) => {
    const text = repo.peek(path) ?? '';
    if (!text.includes('kind:') || !text.includes('apiVersion:') || !WORKLOAD.test(text)) return [];
    const cluster = text.search(POSTGRES_CLUSTER);
    const images = [...text.matchAll(IMAGE)].flatMap(({ 1: image = '', index }) => {
      const kind = IMAGES.find(([pattern]) => pattern.test(image))?.[1];
      return kind === undefined ? [] : [storeAt(kind, path, index)];
    });
    return cluster === -1 ? images : [storeAt('PostgreSQL', path, cluster), ...images];
  });
}
