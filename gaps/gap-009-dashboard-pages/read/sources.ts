import type { NextApp, Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { ACTIONS, type Action, FORMS, type FormAction, SOURCES, type Source } from '../sources.ts';
import { type Constant, constantOf } from './constants.ts';
import { answersWith, proxyOf } from './gateway.ts';

/** Where the data of a constant of a page can come from; undefined where nothing is known to answer with such. */
export function sourceOf(
  repo: Repo,
  app: NextApp,
  url: string,
  path: string,
  name: string,
): Source | undefined {
  const candidates = SOURCES.filter(({ page }) => page === url);
  const module = candidates.length > 0 ? peekModule(repo, path) : undefined;
  const constant = module && constantOf(module, name);
  if (!constant) return undefined;
  return candidates.find(
    (source) =>
      brings(source, constant) &&
      answersWith(repo, app, `GET ${source.endpoint}`, source.answers) &&
      isReachable(repo, app),
  );
}

function brings({ fields, mark }: Source, constant: Constant): boolean {
  const wanted = constant.fields.filter((field) => !constant.ownFields.includes(field));
  const hasKey = constant.ownFields.length === 0 || wanted.includes('id');
  return hasKey && wanted.includes(mark) && wanted.every((field) => fields.includes(field));
}

/** What carries out an action that a page pretends. */
export function actionOf(repo: Repo, app: NextApp, url: string): Action | undefined {
  return ACTIONS.find(
    ({ page, method, endpoint, route, isThere }) =>
      page === url &&
      answersWith(repo, app, `${method} ${endpoint}`) &&
      (!isThere || routeHandlers(repo, app).some((each) => each.url === `/api/${route}`)) &&
      isReachable(repo, app),
  );
}

/** What takes what is typed into a form of a page. */
export function formActionOf(repo: Repo, app: NextApp, url: string): FormAction | undefined {
  return FORMS.find(
    ({ page, endpoint }) =>
      page === url && answersWith(repo, app, `POST ${endpoint}`) && isReachable(repo, app),
  );
}

/** Whether routes of the app reach the gateway by a way that asks who it is. */
export function isReachable(repo: Repo, app: NextApp): boolean {
  return app.typescript && app.appDir !== undefined && proxyOf(repo, app) !== undefined;
}
