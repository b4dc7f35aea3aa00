import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { jsxElements } from '../../../src/read/markup/markup.ts';
import { findSpecial, foldersDownTo, rootLayoutFolder } from '../../../src/read/next/app-router.ts';
import { DOCUMENT_PACKAGE } from '../tables.ts';
import { type Kind, type Wrapping, wrappingOf, wraps } from './wrappers.ts';

const LAYOUT = /(^|\/)layout\.[jt]sx?$/;
const HTML = /<html[\s>]/;

/** What draws `<html>` around its children: a layout itself, or a component of the app that it renders. */
const DOCUMENT: Kind = {
  isFrom: (specifier, name) => DOCUMENT_PACKAGE.test(specifier) && name === 'RootLayout',
  isMadeIn: (code) => HTML.test(code),
  trustsUnseen: false,
};

/** Finds the layout that draws the document around the pages of a folder. */
export interface Documents {
  /**
   * The folder of that layout: most often the root layout's; with a root layout that only hands its children on, the
   * outermost below it that draws one. Undefined where others draw documents and none of these stands around it.
   */
  folderAround(folder: string): string | undefined;
}

/** The documents of an app. */
export function documentsOf(repo: Repo, app: NextApp): Documents {
  const drawing = wrappingOf(repo, app, DOCUMENT);
  const draws = oncePerPath((path) => drawsDocument(drawing, path));
  const layoutIn = (folder: string) => findSpecial(repo, folder, 'layout');
  return {
    folderAround: (folder) => {
      const root = rootLayoutFolder(repo, app, folder);
      const own = foldersDownTo(app, folder).find((each) => {
        const layout = layoutIn(each);
        return layout !== undefined && draws(layout);
      });
      if (own !== undefined || root === undefined || !handsOn(repo, layoutIn(root))) return own ?? root;
      return app.files.some((path) => LAYOUT.test(path) && draws(path)) ? undefined : root;
    },
  };
}

function drawsDocument(drawing: Wrapping, path: string): boolean {
  const { repo } = drawing;
  return (repo.mentions(path, HTML) && HTML.test(withoutComments(repo, path))) || wraps(drawing, path);
}

/** A layout without an element of its own: `return children`, or a fragment around them. */
function handsOn(repo: Repo, path: string | undefined): boolean {
  return (
    path !== undefined &&
    jsxElements(repo, path).every(({ name }) => name === '' || /^(React\.)?Fragment$/.test(name))
  );
}

function oncePerPath<T>(compute: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const value = known.get(path) ?? compute(path);
    known.set(path, value);
    return value;
  };
}
