import type { Finding, NextApp, Repo } from '../../../src/contract.ts';
import { productName } from '../../../src/read/product/product-name.ts';
import { join } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';

import type { Code } from '../detect.ts';
import { type Coverage, isBare } from '../read/coverage.ts';
import type { Served } from '../read/served-operations.ts';
import type { ApiDescriptionState } from '../read.ts';
import { compareInCi, pageElsewhere } from '../steps.ts';
import { type DescribedApi, describedApi, shareTyped } from './described-api.ts';
import { type ApiTitle, descriptionText, type OpenApiVersion } from './description-text.ts';
import type { Part } from './part.ts';
import { routesTest } from './routes-test.ts';

/** A description for each app that has none, where one is wanted: at the place of the finding for a single app. */
export function firstDescriptions(
  state: ApiDescriptionState,
  wanted: readonly Finding<Code>[],
  version: OpenApiVersion,
): readonly Part[] {
  const finding = wanted.find(({ code }) => code === 'no-description');
  if (!finding) return [];
  const isBesideDescribed = state.coverage.some((each) => !isBare(each));
  const bare = state.coverage.filter(
    (each) => isBare(each) && (!isBesideDescribed || each.undescribed.some(({ isInternal }) => !isInternal)),
  );
  return bare.map((each) => {
    const path = bare.length === 1 ? finding.path : join(each.api.app.dir, 'openapi.yaml');
    return { ...described(state, each, path, version), closes: [finding] };
  });
}

function described(
  { repo, hidesDocs }: ApiDescriptionState,
  { api: { app, own, all, openEnds } }: Coverage,
  path: string,
  version: OpenApiVersion,
): Omit<Part, 'closes'> {
  const open = new Set(openEnds.map((end) => end.path));
  const wanted = [...own, ...all.filter((served) => open.has(served.path))];
  const api = describedApi(repo, app, wanted);
  const libraries = librariesOf(all, wanted);
  const test = routesTest(repo, app, path, libraries);
  const { typed, all: count } = shareTyped(api.operations);
  return {
    edits: [
      { kind: 'create', path, text: descriptionText(api, titleOf(repo, app, api, libraries), version) },
      ...(test ? [test.edit] : []),
    ],
    dependencies: test?.dependencies ?? [],
    alsoChanges: [
      `${typed} of the ${count} described operations have a shape for all that they take and answer.`,
    ],
    manual: [...(test ? [] : [compareInCi(path)]), ...(hidesDocs ? [pageElsewhere()] : [])],
  };
}

/** What the description leaves to libraries. */
function librariesOf(all: readonly Served[], described: readonly Served[]): readonly Served[] {
  return all.filter(({ path, url }) => /^\/api\//.test(url) && !described.some((each) => each.path === path));
}

function titleOf(repo: Repo, app: NextApp, api: DescribedApi, libraries: readonly Served[]): ApiTitle {
  const product = productName(repo, app);
  const { version } = asRecord(repo.json(app.workspace.path));
  const description = [...middlewareNote(app, api), ...librariesNote(libraries)].join(' ');
  return {
    name: product === undefined ? 'API' : `${product} API`,
    ...(description === '' ? {} : { description }),
    version: typeof version === 'string' ? version : '1.0.0',
  };
}

function middlewareNote({ middlewarePath }: NextApp, { before }: DescribedApi): readonly string[] {
  if (middlewarePath === undefined || before.length === 0) return [];
  return [`Before any route runs, ${middlewarePath} may answer ${listed(before.map(String))}.`];
}

function librariesNote(libraries: readonly Served[]): readonly string[] {
  const urls = [...new Set(libraries.map(({ url }) => url))];
  if (urls.length === 0) return [];
  return [`Libraries serve ${listed(urls)} by protocols of their own, which are not described here.`];
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length > 1
    ? `${items.slice(0, -1).join(', ')} or ${last}`.replace(/ or (?=\/)/, ' and ')
    : last;
}
