import type { Repo, Span } from '../../src/contract.ts';
import {
  addAttributes,
  attributeValue,
  commonAncestor,
  lineage,
  type Tag,
  tagsOf,
} from '../../src/edit/tags.ts';
import { isClient } from './component.ts';

/** What a page needs from the templates: a default or a named import. */
export interface Need {
  readonly file: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** Edits of a page and what they make it import. */
export type PageEdit =
  | {
      readonly spans: readonly Span[];
      readonly needs: readonly Need[];
      /** Labels of fields that stay without effect. */
      readonly left?: readonly string[];
    }
  | { readonly refused: string };

const FORM: Need = { file: 'components/auth/SignInForm.tsx', name: 'SignInForm', isDefault: true };
const GOOGLE: Need = { file: 'lib/google-sign-in.ts', name: 'signInWithGoogle', isDefault: false };

/**
 * The box around the address, the password and the button becomes a form that signs in; the markup in it stays.
 * @throws SourceError when the page does not parse.
 */
export function signInEdit(repo: Repo, path: string, hasGoogle: boolean): PageEdit {
  const module = repo.module(path);
  const tags = tagsOf(module);
  const inputs = tags.filter(({ name }) => /^(input|Input)$/.test(name));
  const [email, ...moreEmails] = inputs.filter((tag) => attributeValue(tag, 'type') === 'email');
  const [password, ...morePasswords] = inputs.filter((tag) => attributeValue(tag, 'type') === 'password');
  if (!email || !password || moreEmails.length + morePasswords.length > 0)
    return { refused: 'it does not show one field for the address and one for the password' };
  const [submit, ...moreButtons] = tags.filter((tag) => isSubmit(tag) && tag.start > password.start);
  if (!submit || moreButtons.length > 0) return { refused: 'no one button of it says that it signs in' };
  const box = commonAncestor([email, password, submit]);
  if (!box || lineage(box).some(({ name }) => name === 'form'))
    return { refused: 'its fields stand in a form of their own already' };
  const isPlain = box.attributes.every(({ name }) => name === 'className') && !box.hasSpread;
  if (!/^(div|section)$/.test(box.name) || !box.closing || !isPlain)
    return { refused: `what stands around its fields is more than a plain <${box.name}>` };
  const { text } = module;
  const others = tags.filter((tag) => isInside(tag, box) && tag.name === 'button' && tag !== submit);
  const google = googleEdit(text, hasGoogle && isClient(module) ? tags : []);
  return {
    spans: [
      { start: box.start + 1, end: box.nameEnd, text: FORM.name },
      { start: box.closing.nameStart, end: box.closing.nameEnd, text: FORM.name },
      ...addAttributes(text, email, ['name="email"', 'autoComplete="username"', 'required']),
      ...addAttributes(text, password, ['name="password"', 'autoComplete="current-password"', 'required']),
      ...others.flatMap((tag) =>
        google.length > 0 && isGoogle(tag) ? [] : addAttributes(text, tag, ['type="button"']),
      ),
      ...google,
    ],
    needs: google.length > 0 ? [FORM, GOOGLE] : [FORM],
  };
}

/** The Google buttons without a handler get one. */
export function googleEdit(text: string, tags: readonly Tag[]): readonly Span[] {
  return tags
    .filter(isGoogle)
    .flatMap((tag) => addAttributes(text, tag, ['type="button"', 'onClick={signInWithGoogle}']));
}

/** What a page with such a button imports. */
export function googleNeed(spans: readonly Span[]): readonly Need[] {
  return spans.length > 0 ? [GOOGLE] : [];
}

function isGoogle(tag: Tag): boolean {
  return tag.name === 'button' && attributeValue(tag, 'onClick') === undefined && /\bGoogle$/.test(tag.words);
}

function isSubmit(tag: Tag): boolean {
  return (
    /^[bB]utton$/.test(tag.name) &&
    attributeValue(tag, 'onClick') === undefined &&
    /^(sign|log) ?in\b/i.test(tag.words)
  );
}

function isInside(tag: Tag, around: Tag): boolean {
  return lineage(tag).slice(1).includes(around);
}
