import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { type Coverage, coverageOf } from './read/coverage.ts';
import type { Description } from './read/description.ts';
import { descriptionsIn } from './read/descriptions.ts';
import { type ServedApi, servedApi } from './read/served-operations.ts';

/** What the apps answer, and what describes it. */
export interface ApiDescriptionState {
  readonly repo: Repo;
  /** One for each app with an API. */
  readonly coverage: readonly Coverage[];
  /** Descriptions of other APIs. */
  readonly foreign: readonly Description[];
  /** Whether the middleware keeps the usual addresses of a page about the API for itself. */
  readonly hidesDocs: boolean;
}

/** Reads the operations of the apps and the descriptions of the repository, and holds them against each other. */
export function read(repo: Repo): ApiDescriptionState | NotApplicable | Unknown {
  const apis = repo.layout.apps.map((app) => servedApi(repo, app));
  const answering = apis.filter(({ own, openEnds }) => own.length + openEnds.length > 0);
  const descriptions = descriptionsIn(repo);
  if (answering.length === 0) return elsewhere(repo, apis, descriptions);
  const coverage = answering.map((api) => coverageOf(repo, api, descriptions));
  const used = new Set(coverage.flatMap((each) => each.matches.map(({ description }) => description)));
  const ends = coverage.flatMap(({ openEnds }) => openEnds);
  for (const { behind } of ends) if (behind) used.add(behind);
  const [first] = ends.filter(({ behind }) => !behind);
  if (first && coverage.every(({ api }) => api.own.length === 0))
    return unknown(
      `${first.url} answers every address that begins so, and nothing in the repository describes what stands behind it`,
    );
  const front = repo.layout.apps
    .map(({ middlewarePath }) => repo.peek(middlewarePath ?? '') ?? '')
    .join('\n');
  return {
    repo,
    coverage,
    foreign: descriptions.filter((each) => !used.has(each)),
    hidesDocs: /['"]\/(swagger|api-docs)['"]/.test(front),
  };
}

/** Without an API of a Next.js app: a backend that is described is described all the same. */
function elsewhere(
  repo: Repo,
  apis: readonly ServedApi[],
  descriptions: readonly Description[],
): ApiDescriptionState | NotApplicable {
  if (descriptions.length > 0) return { repo, coverage: [], foreign: descriptions, hidesDocs: false };
  return notApplicable(
    apis.some(({ all }) => all.length > 0)
      ? 'no API routes but those of libraries'
      : 'no API routes of a Next.js app',
  );
}
