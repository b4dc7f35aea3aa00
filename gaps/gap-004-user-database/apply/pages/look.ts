import type { Edit, NextApp, Repo } from '../../../../src/contract.ts';
import { attributeValue, lineage, staticClass, type Tag, tagsOf } from '../../../../src/edit/tags.ts';
import { namedPages } from '../../../../src/read/next/named-pages.ts';
import { escaped } from '../../../../src/repo/escaped.ts';

/** Where a line of the templates ends. */
const MAX_WIDTH = 120;

type Create = Edit & { readonly kind: 'create' };

/** The pages that the new ones are siblings of, the plainest first. */
const SIBLINGS = [/^(forgot|recover)/i, /^(register|sign-?up)$/i, /^(log-?in|sign-?in)$/i];

/** Which of a page's elements each constant takes its class names from. */
const SOURCES: Readonly<Record<string, (tag: Tag) => boolean>> = {
  HEADING: ({ name }) => name === 'h1',
  TEXT: (tag) => tag.name === 'p' && !isIn(tag, 'form'),
  LABEL: ({ name }) => name === 'label',
  FIELD: (tag) => tag.name === 'input' && /^(email|password)$/.test(attributeValue(tag, 'type') ?? ''),
  BUTTON: (tag) => tag.name === 'button' && attributeValue(tag, 'type') === 'submit',
  LINK: ({ name }) => name === 'Link',
};

/** The constants of the new pages' look hold the class names of the pages beside them, where these are plain. */
export function lookEdit(repo: Repo, app: NextApp, edit: Create): Create {
  const pages = SIBLINGS.flatMap((sibling) => namedPages(app).filter(({ name }) => sibling.test(name)));
  const known = pages.map(({ path }) => {
    const module = repo.module(path);
    return { text: module.text, tags: tagsOf(module) };
  });
  let { text } = edit;
  for (const [name, isSource] of Object.entries(SOURCES)) {
    const look = known.flatMap(({ text, tags }) =>
      tags.filter(isSource).flatMap((tag) => classOf(text, tag)),
    );
    const [first] = look;
    if (first !== undefined) text = withLook(text, name, first);
  }
  return { ...edit, text };
}

/** The class names of an element without its margins, which belong to its place. */
function classOf(text: string, tag: Tag): readonly string[] {
  const own = staticClass(text, tag)?.value;
  if (own === undefined || /['"`\\]/.test(own)) return [];
  const isCentered =
    tag.name === 'h1' &&
    lineage(tag).some((around) => /\btext-center\b/.test(attributeValue(around, 'className') ?? ''));
  const names = own.split(/\s+/).filter((name) => name !== '' && !/^-?m[trblxy]?-/.test(name));
  if (isCentered && !names.includes('text-center')) names.unshift('text-center');
  // A link in a sentence is told by more than its color.
  if (tag.name === 'Link' && !names.includes('underline')) names.push('underline');
  return names.length > 0 ? [names.join(' ')] : [];
}

function withLook(text: string, name: string, look: string): string {
  return text.replace(
    new RegExp(`(export const ${escaped(name)} =)\\s+(['"])[^'"]*\\2`),
    (_, start: string, quote: string) => {
      const value = `${quote}${look}${quote};`;
      return `${start}${start.length + value.length > MAX_WIDTH ? '\n  ' : ' '}${value.slice(0, -1)}`;
    },
  );
}

function isIn(tag: Tag, name: string): boolean {
  return lineage(tag).some((around) => around.name === name);
}
