import type { JsxElement } from 'ts-morph';
import { lazy } from '../repo/lazy.ts';
import type { Spans } from './outcome.ts';
import { openTs } from './ts-file.ts';

/**
 * Wraps `{children}` inside the first `<within>` element of a file: `<Providers>{children}</Providers>`.
 * @throws SourceError when the file does not parse.
 */
export function wrapChildren(path: string, text: string, within: string, wrapper: string): Spans {
  const { SyntaxKind } = lazy.tsMorph();
  const file = openTs(path, text);
  const host: JsxElement | undefined = file
    .getDescendantsOfKind(SyntaxKind.JsxElement)
    .find((element) => element.getOpeningElement().getTagNameNode().getText() === within);
  if (!host) return { refused: `${path} renders no <${within}>` };
  const places = host
    .getDescendantsOfKind(SyntaxKind.JsxExpression)
    .filter((expression) => /^(props\.)?children$/.test(expression.getExpression()?.getText() ?? ''));
  const [place] = places;
  if (!place || places.length > 1)
    return { refused: `${path} renders {children} ${places.length} times in <${within}>` };
  return {
    spans: [
      { start: place.getStart(), end: place.getStart(), text: `<${wrapper}>` },
      { start: place.getEnd(), end: place.getEnd(), text: `</${wrapper}>` },
    ],
  };
}
