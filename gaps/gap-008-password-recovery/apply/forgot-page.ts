import type { NextApp, Repo } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { labelSpans } from '../../../src/edit/labels.ts';
import type { Spans } from '../../../src/edit/outcome.ts';
import { asSubmitButton } from '../../../src/edit/submit-button.ts';
import {
  addAttributes,
  attributeValue,
  lineage,
  renameTag,
  type Tag,
  tagsOf,
} from '../../../src/edit/tags.ts';
import { addImports } from '../../../src/edit/ts-imports.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';

const FORM = 'ForgotPasswordForm';
const SUBMIT = 'SubmitButton';

/**
 * The inert form around the one address field becomes the component that sends it; the markup in it stays.
 * @throws SourceError when the page does not parse.
 */
export function forgotPageEdit(repo: Repo, app: NextApp, path: string): Spans {
  const module = repo.module(path);
  const { text } = module;
  const tags = tagsOf(module);
  const [email, ...more] = tags.filter(
    (tag) => /^(input|Input)$/.test(tag.name) && attributeValue(tag, 'type') === 'email',
  );
  const form = email && lineage(email).find(({ name }) => name === 'form');
  if (!email || !form?.closing || more.length > 0)
    return { refused: 'no one form of it asks for an address' };
  if (form.hasSpread || form.attributes.some(({ name }) => name !== 'className'))
    return { refused: 'its form is more than a plain <form>' };
  const submits = tags.filter((tag) => isSubmit(tag) && lineage(tag).includes(form));
  const names = submits.length > 0 ? [FORM, SUBMIT] : [FORM];
  const imported = addImports(
    path,
    text,
    names.map((name) => ({
      module: specifierFor(repo, app, path, placeOf(app, `components/auth/${name}.tsx`)),
      default: name,
    })),
  );
  if ('refused' in imported) return imported;
  return {
    spans: [
      ...imported.spans,
      ...renameTag(form, FORM),
      ...labelSpans(text, tags, email, { id: 'email', name: 'Email' }),
      ...addAttributes(text, email, ['name="email"', 'autoComplete="email"', 'required']),
      ...submits.flatMap((tag) => asSubmitButton(tag, 'Sending…')),
    ],
  };
}

function isSubmit(tag: Tag): boolean {
  const isIdle = attributeValue(tag, 'onClick') === undefined && !tag.hasSpread;
  return tag.name === 'button' && isIdle && (attributeValue(tag, 'type') ?? 'submit') === 'submit';
}
