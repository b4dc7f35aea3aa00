import type { NextApp, Repo } from '../../src/contract.ts';
import type { Spans } from '../../src/edit/outcome.ts';
import { addAttributes, attributeValue, lineage, tagsOf } from '../../src/edit/tags.ts';
import { addImport } from '../../src/edit/ts-imports.ts';
import { specifierFor } from '../../src/read/specifier-for.ts';

const NAME = 'ForgotPasswordForm';

/**
 * The inert form around the one address field becomes the component that sends it; the markup in it stays.
 * @throws SourceError when the page does not parse.
 */
export function forgotPageEdit(repo: Repo, app: NextApp, path: string, component: string): Spans {
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
  const imported = addImport(path, text, { module: specifierFor(repo, app, path, component), default: NAME });
  if ('refused' in imported) return imported;
  return {
    spans: [
      ...imported.spans,
      { start: form.start + 1, end: form.nameEnd, text: NAME },
      { start: form.closing.nameStart, end: form.closing.nameEnd, text: NAME },
      ...addAttributes(text, email, ['name="email"', 'autoComplete="email"', 'required']),
    ],
  };
}
