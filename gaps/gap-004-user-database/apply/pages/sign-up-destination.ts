import type { NextApp, Repo, SourceModule } from '../../../../src/contract.ts';
import { attributeValue, lineage, type Tag, tagsOf } from '../../../../src/edit/tags.ts';
import { pageFoldersOf } from '../../../../src/read/next/app-router.ts';
import { namedPages } from '../../../../src/read/next/named-pages.ts';
import { isInside } from '../../../../src/repo/paths.ts';
import { arrowFunctions, type Navigation, navigationsIn } from './component.ts';

const SIGN_UP = /^(register|sign-?up)$/i;
const ACCOUNT_PAGE = /\/(register|(sign|log)-?(up|in))$/i;

/** How a sign-up ends. */
export interface LastStep {
  readonly goOn: Navigation;
  /** The buttons that submit its form. */
  readonly buttons: readonly Tag[];
}

/** The one place where submitting a form leads to another page. */
export function lastStep(module: SourceModule, tags: readonly Tag[]): LastStep | undefined {
  const forms = tags.filter((tag) => tag.name === 'form' && attributeValue(tag, 'onSubmit') !== undefined);
  const handlers = new Set(forms.map((form) => attributeValue(form, 'onSubmit') ?? ''));
  const functions = arrowFunctions(module);
  const found = [...handlers].flatMap((handler) => {
    const handled = functions.get(handler);
    return handled ? navigationsIn(module, handled).map((goOn) => ({ goOn, handler })) : [];
  });
  const [only, ...more] = found;
  if (!only || more.length > 0) return undefined;
  const form = forms.filter((each) => attributeValue(each, 'onSubmit') === only.handler);
  const buttons = tags.filter(
    (tag) =>
      tag.name === 'button' &&
      lineage(tag).some((around) => form.includes(around)) &&
      (attributeValue(tag, 'type') ?? 'submit') === 'submit' &&
      attributeValue(tag, 'onClick') === undefined &&
      !/\bGoogle$/.test(tag.words),
  );
  return { goOn: only.goOn, buttons };
}

/** A step of the onboarding that its page does not know becomes the first one that it knows. */
export function knownStep(repo: Repo, { appDir, files }: NextApp, to: string): string {
  const [, base, step] = /^(\/[\w-]+)\/([\w-]+)$/.exec(to) ?? [];
  if (appDir === undefined || base === undefined || step === undefined) return to;
  const folder = `${appDir}${base}`;
  const page = files.find(
    (path) => isInside(folder, path) && /^\/\[\w+\]\/page\.[jt]sx?$/.test(path.slice(folder.length)),
  );
  const list = /\bSTEPS\b[^=\n]{0,200}=\s*\[([^\]]{0,2000})\]/.exec((page && repo.peek(page)) ?? '')?.[1];
  const steps = [...(list ?? '').matchAll(/['"]([\w-]+)['"]/g)].flatMap(([, name]) => name ?? []);
  const [first] = steps;
  return first === undefined || steps.includes(step) ? to : `${base}/${first}`;
}

/**
 * The page that greets a new account: where the sign-up page leads, if that is a page of this app.
 * @throws SourceError when the sign-up page does not parse.
 */
export function welcomePath(repo: Repo, app: NextApp): string | undefined {
  const page = namedPages(app).find(({ path, name }) => SIGN_UP.test(name) && path.endsWith('.tsx'));
  if (!page) return undefined;
  const module = repo.module(page.path);
  const to = lastStep(module, tagsOf(module))?.goOn.to?.text;
  if (to === undefined || !/^(\/[\w-]+)+$/.test(to) || ACCOUNT_PAGE.test(to)) return undefined;
  const known = knownStep(repo, app, to);
  return pageFoldersOf(app).some((folder) => isServedBy(folder.slice((app.appDir ?? '').length), known))
    ? known
    : undefined;
}

/** Whether a folder below the app folder serves a path: `/(shop)/orders/[id]` serves `/orders/7`. */
function isServedBy(folder: string, path: string): boolean {
  const segments = folder.split('/').filter((segment) => segment !== '' && !segment.startsWith('('));
  const wanted = path.split('/').slice(1);
  return (
    segments.length === wanted.length &&
    segments.every((segment, index) => /^\[\w+\]$/.test(segment) || segment === wanted[index])
  );
}
