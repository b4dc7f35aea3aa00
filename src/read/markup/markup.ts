import type { JsxAttribute, JsxElement } from '../../repo/code/elements.ts';
import { parsedPiece } from '../../repo/code/texts.ts';
import type { Repo } from '../../repo/repo.ts';
import { noteUnread } from '../../repo/unread.ts';

export type { JsxAttribute, JsxChild, JsxElement } from '../../repo/code/elements.ts';

/** Every element of a file in order of position. Empty where the file cannot be read; one that does not parse is noted. */
export function jsxElements(repo: Repo, path: string): readonly JsxElement[] {
  if (repo.peek(path)?.includes('<') !== true) return [];
  const { elements, failure } = repo.code(path);
  if (failure) noteUnread(path);
  return elements;
}

/** Every element of code of which only the text is known. */
export function scanJsx(text: string): readonly JsxElement[] {
  return text.includes('<') ? parsedPiece(text).elements() : [];
}

/** The attribute of that name; the last one wins, as in React. */
export function attributeOf(
  element: JsxElement,
  name: string,
): Exclude<JsxAttribute, { kind: 'spread' }> | undefined {
  for (let i = element.attributes.length - 1; i >= 0; i -= 1) {
    const attribute = element.attributes[i];
    if (attribute && attribute.kind !== 'spread' && attribute.name === name) return attribute;
  }
  return undefined;
}

/** Whether `{...props}` may bring attributes that are not seen here. */
export function hasSpread(element: JsxElement): boolean {
  return element.attributes.some(({ kind }) => kind === 'spread');
}

/** The elements directly inside, expressions included. */
export function childElements(element: JsxElement): readonly JsxElement[] {
  return element.children.flatMap((child) => {
    if (child.kind === 'element') return [child.element];
    return child.kind === 'expression' ? child.elements : [];
  });
}
