import type { Finding, Findings } from '../../src/contract.ts';
import { type Coverage, isBare } from './read/coverage.ts';
import type { Description } from './read/description.ts';
import type { Match } from './read/matching.ts';
import type { Served } from './read/served-operations.ts';
import type { ApiDescriptionState } from './read.ts';

export type Code =
  | 'no-description'
  | 'undocumented-operation'
  | 'internal-operation'
  | 'documented-but-not-served'
  | 'open-ended-route'
  | 'foreign-description';

/** What no description names, and what descriptions name that is not there. */
export function detect({ coverage, foreign }: ApiDescriptionState): Findings<Code> {
  const bare = coverage.filter((each) => isBare(each));
  const described = coverage.filter((each) => !isBare(each));
  const reason = [
    ...described.flatMap(reasonsOf),
    ...(coverage.length === 0 ? foreign.map(ofBackend) : []),
  ].join('; ');
  return {
    findings: [
      ...undescribed(bare, described.some(isCovered)),
      ...described.flatMap(driftOf),
      ...coverage.flatMap(openEndsOf),
      ...(bare.length > 0 ? foreign.map(isForeign) : []),
    ],
    ...(reason === '' ? {} : { reason }),
  };
}

/** An app of which something is described, and not only one that answers what cannot be told. */
function isCovered({ api, openEnds }: Coverage): boolean {
  return api.own.length > 0 || openEnds.some(({ behind }) => behind !== undefined);
}

/** One finding for the apps without any description; beside a described one, only where others call them. */
function undescribed(bare: readonly Coverage[], isBesideDescribed: boolean): readonly Finding<Code>[] {
  const open = bare.filter((each) => !isBesideDescribed || each.undescribed.some((op) => !op.isInternal));
  const operations = open.flatMap(({ api }) => api.own);
  const [first] = open;
  if (!first) return [];
  const dir = isBesideDescribed && first.api.app.dir !== '' ? `${first.api.app.dir}/` : '';
  const routes = new Set(operations.map(({ path }) => path));
  return [
    {
      code: 'no-description',
      path: isBesideDescribed ? `${dir}openapi.yaml` : 'docs/openapi.yaml',
      data: { operations: String(operations.length), routes: String(routes.size) },
    },
  ];
}

function driftOf({ matches, undescribed, unserved, isPartial }: Coverage): readonly Finding<Code>[] {
  const description = nameOf(matches.map((match) => match.description));
  const missing = isPartial ? [] : undescribed;
  return [
    ...missing.map(({ served, isInternal }) => ({
      code: isInternal ? ('internal-operation' as const) : ('undocumented-operation' as const),
      path: served.path,
      at: 0,
      data: { operation: operationOf(served), description },
    })),
    ...unserved.map(({ method, path, file, at }) => ({
      code: 'documented-but-not-served' as const,
      path: file,
      at,
      data: { operation: `${method} ${path}` },
    })),
  ];
}

function openEndsOf({ openEnds }: Coverage): readonly Finding<Code>[] {
  return openEnds
    .filter(({ behind }) => behind === undefined)
    .map(({ path, url }) => ({ code: 'open-ended-route', path, at: 0, data: { url } }));
}

/** `docs/openapi.yaml describes 12 of 40 operations` */
function reasonsOf({ api, matches, undescribed, openEnds, generator }: Coverage): readonly string[] {
  const described = api.own.length - undescribed.length;
  return [
    ...(generator ? [`${generator.name} writes the description`] : []),
    ...(!generator && described > 0
      ? [`${subjectOf(matches)} ${described} of ${api.own.length} operations`]
      : []),
    ...openEnds.flatMap(({ url, behind, operations }) => {
      if (!behind) return [];
      return operations > 0
        ? [`${url} is described behind ${operations} operations of ${behind.name}`]
        : [`${behind.name} writes the description of what stands behind ${url}`];
    }),
  ];
}

function subjectOf(matches: readonly Match[]): string {
  const names = [...new Set(matches.map(({ description }) => description.name))];
  if (names.length === 0) return 'routes themselves describe';
  return `${names.join(' and ')} ${names.length > 1 ? 'describe' : 'describes'}`;
}

function ofBackend({ name, operations }: Description): string {
  return operations.length > 0
    ? `${name} describes ${operations.length} operations of a backend`
    : `${name} writes the description of a backend`;
}

function isForeign({ path }: Description): Finding<Code> {
  return { code: 'foreign-description', path, at: 0 };
}

function nameOf(descriptions: readonly Description[]): string {
  const names = [...new Set(descriptions.map(({ name }) => name))];
  return names.length === 1 ? (names[0] ?? '') : 'any OpenAPI description';
}

/** As people say it: the method, where it is known, and the address. */
export function operationOf({ method, url }: Served): string {
  return method === '*' ? url : `${method} ${url}`;
}
