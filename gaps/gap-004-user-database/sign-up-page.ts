import type { NextApp, Repo, SourceModule, Span } from '../../src/contract.ts';
import { insertion } from '../../src/edit/outcome.ts';
import { addAttributes, attributeValue, lineage, type Tag, tagsOf } from '../../src/edit/tags.ts';
import { isInside } from '../../src/repo/paths.ts';
import {
  arrowFunctions,
  hookSpan,
  isClient,
  lastLineIn,
  type Navigation,
  navigationsIn,
} from './component.ts';
import { googleEdit, googleNeed, type Need, type PageEdit } from './sign-in-page.ts';

const HOOK: Need = { file: 'hooks/useSignUp.tsx', name: 'useSignUp', isDefault: false };
/** The names that the hook sends on; a controlled field is named like its state. */
const NAMES = /^(name|firstName|lastName)$/;

/**
 * A page of one or more forms, of which the last one goes on to another page, creates the account before it does.
 * @throws SourceError when the page does not parse.
 */
export function signUpEdit(repo: Repo, app: NextApp, path: string, hasGoogle: boolean): PageEdit {
  const module = repo.module(path);
  const { text } = module;
  if (!isClient(module)) return { refused: 'it is no client component' };
  const tags = tagsOf(module);
  const fields = tags.filter(({ name }) => name === 'input');
  const password = fields.find((tag) => attributeValue(tag, 'type') === 'password');
  const root = password && lineage(password).at(-1);
  const names = fields.flatMap((tag) => nameFor(tag) ?? []);
  if (!root || !names.includes('email') || !names.some((name) => /^(name|firstName)$/.test(name)))
    return {
      refused: 'it does not ask for a name, an address and a password in fields that can be told apart',
    };
  const goOn = lastStep(module, tags);
  if (!goOn)
    return { refused: 'none of its forms, or more than one, goes on to another page when it is submitted' };
  const hook = hookSpan(module, 'signUp', HOOK.name);
  const notice = lastLineIn(text, root, '{signUp.notice}');
  if (!hook || !notice || root.hasSpread || attributeValue(root, 'onSubmitCapture') !== undefined)
    return { refused: 'its component is not a function that returns one element' };
  const google = googleEdit(text, hasGoogle ? tags : []);
  return {
    spans: [
      hook,
      insertion(root.attributes.at(-1)?.end ?? root.nameEnd, ' onSubmitCapture={signUp.collect}'),
      notice,
      insertion(goOn.start, 'signUp.finish(() => '),
      insertion(goOn.end, ')'),
      ...destinationSpans(repo, app, goOn),
      ...fields.flatMap((tag) => fieldSpans(text, tag)),
      ...google,
    ],
    needs: [HOOK, ...googleNeed(google)],
  };
}

function nameFor(tag: Tag): string | undefined {
  const type = attributeValue(tag, 'type');
  if (type === 'email' || type === 'password') return type;
  return [attributeValue(tag, 'name'), attributeValue(tag, 'value')].find(
    (name) => name !== undefined && NAMES.test(name),
  );
}

function fieldSpans(text: string, tag: Tag): readonly Span[] {
  const name = nameFor(tag);
  if (name === undefined) return [];
  const more = name === 'password' ? ['autoComplete="new-password"', 'minLength={10}'] : [];
  return addAttributes(text, tag, [`name="${name}"`, ...more]);
}

/** The one place where submitting a form leads to another page. */
function lastStep(module: SourceModule, tags: readonly Tag[]): Navigation | undefined {
  const handlers = new Set(
    tags.flatMap((tag) => (tag.name === 'form' ? (attributeValue(tag, 'onSubmit') ?? []) : [])),
  );
  const functions = arrowFunctions(module);
  const found = [...handlers].flatMap((handler) => {
    const handled = functions.get(handler);
    return handled ? navigationsIn(module, handled) : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A step of the onboarding that its page does not know becomes the first one that it knows. */
function destinationSpans(repo: Repo, app: NextApp, { to }: Navigation): readonly Span[] {
  const { appDir } = app;
  const [, base, step] = /^(\/[\w-]+)\/([\w-]+)$/.exec(to?.text ?? '') ?? [];
  if (appDir === undefined || !to || base === undefined || step === undefined) return [];
  const page = app.files.find(
    (path) =>
      isInside(`${appDir}${base}`, path) &&
      /^\/\[\w+\]\/page\.[jt]sx?$/.test(path.slice(`${appDir}${base}`.length)),
  );
  const list = /\bSTEPS\b[^=\n]*=\s*\[([^\]]*)\]/.exec((page && repo.peek(page)) ?? '')?.[1];
  const steps = [...(list ?? '').matchAll(/['"]([\w-]+)['"]/g)].flatMap(([, name]) => name ?? []);
  const [first] = steps;
  if (first === undefined || steps.includes(step)) return [];
  return [{ start: to.start, end: to.end, text: `${base}/${first}` }];
}
