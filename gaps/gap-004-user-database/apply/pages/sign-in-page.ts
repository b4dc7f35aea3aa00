import type { Repo, Span } from '../../../../src/contract.ts';
import { labelSpans } from '../../../../src/edit/labels.ts';
import { asSubmitButton } from '../../../../src/edit/submit-button.ts';
import {
  addAttributes,
  attributeValue,
  commonAncestor,
  lineage,
  renameTag,
  type Tag,
  tagsOf,
} from '../../../../src/edit/tags.ts';
import { firstLineIn, isClient, lineAfter } from './component.ts';
import type { Need, PageEdit } from './page-edit.ts';
import { isOffer, providerEdits } from './providers.ts';

const FORM: Need = { file: 'components/auth/SignInForm.tsx', name: 'SignInForm', isDefault: true };
const SUBMIT: Need = { file: 'components/auth/SubmitButton.tsx', name: 'SubmitButton', isDefault: true };
const ERROR: Need = { file: 'components/auth/SignInError.tsx', name: 'SignInError', isDefault: true };

/** What the form around the fields is made of. */
interface Parts {
  readonly email: Tag;
  readonly password: Tag;
  readonly submit: Tag;
  readonly box: Tag;
}

/**
 * The box around the address, the password and the button becomes a form that signs in; the markup in it stays.
 * @throws SourceError when the page does not parse.
 */
export function signInEdit(repo: Repo, path: string, hasGoogle: boolean): PageEdit {
  const module = repo.module(path);
  const { text } = module;
  const tags = tagsOf(module);
  const parts = partsOf(tags);
  if ('refused' in parts) return parts;
  const error = errorSpan(text, tags, parts.box);
  if (!error) return { refused: 'its component does not return one element' };
  const { spans, needs } = providerEdits(text, tags, hasGoogle && isClient(module));
  const others = tags.filter(
    (tag) => lineage(tag).slice(1).includes(parts.box) && tag.name === 'button' && tag !== parts.submit,
  );
  return {
    spans: [
      ...renameTag(parts.box, FORM.name),
      ...submitSpans(text, parts.submit),
      ...fieldSpans(text, tags, parts),
      ...others.flatMap((tag) => (isOffer(tag) ? [] : addAttributes(text, tag, ['type="button"']))),
      error,
      ...spans,
    ],
    needs: [FORM, ...(isPlain(parts.submit) ? [SUBMIT] : []), ERROR, ...needs],
  };
}

function partsOf(tags: readonly Tag[]): Parts | { readonly refused: string } {
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
  const isBare = box.attributes.every(({ name }) => name === 'className') && !box.hasSpread;
  if (!/^(div|section)$/.test(box.name) || !box.closing || !isBare)
    return { refused: `what stands around its fields is more than a plain <${box.name}>` };
  return { email, password, submit, box };
}

/** A button of a design system keeps its look: it only becomes the one that sends the form. */
function submitSpans(text: string, submit: Tag): readonly Span[] {
  return isPlain(submit)
    ? asSubmitButton(submit, 'Signing in…')
    : addAttributes(text, submit, ['type="submit"']);
}

function isPlain({ name }: Tag): boolean {
  return name === 'button';
}

function fieldSpans(text: string, tags: readonly Tag[], { email, password }: Parts): readonly Span[] {
  return [
    ...labelSpans(text, tags, email, { id: 'email', name: 'Email' }),
    ...addAttributes(text, email, ['name="email"', 'autoComplete="username"', 'required']),
    ...labelSpans(text, tags, password, { id: 'password', name: 'Password' }),
    ...addAttributes(text, password, ['name="password"', 'autoComplete="current-password"', 'required']),
  ];
}

/** What a provider sent the person back with is said below the heading, whatever else the page shows. */
function errorSpan(text: string, tags: readonly Tag[], box: Tag): Span | undefined {
  const heading = tags.find(({ name }) => name === 'h1');
  const around = heading && lineage(heading).at(-2);
  if (around) return lineAfter(text, around, `<${ERROR.name} />`);
  const root = lineage(box).at(-1);
  return root && root !== box ? firstLineIn(text, root, `<${ERROR.name} />`) : undefined;
}

function isSubmit(tag: Tag): boolean {
  return (
    /^[bB]utton$/.test(tag.name) &&
    attributeValue(tag, 'onClick') === undefined &&
    /^(sign|log) ?in\b/i.test(tag.words)
  );
}
