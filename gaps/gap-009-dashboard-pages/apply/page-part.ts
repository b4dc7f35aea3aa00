import type { NextApp, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';

/** The page that is edited. */
export interface PageContext {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly url: string;
  readonly path: string;
  readonly module: SourceModule;
}

/** One edit of a page with what it takes: parts know nothing of each other, and are put together in the end. */
export interface PagePart {
  readonly spans: readonly Span[];
  /** What it imports, by the paths of the templates: `hooks/useApi.ts`, each with names, or `default`. */
  readonly imports: readonly WantedName[];
  /** Templates that nothing of the page imports: routes. */
  readonly files: readonly string[];
}

/** A name of a template: the default export, where it is called like its file. */
export interface WantedName {
  readonly file: string;
  readonly name: string;
}

/** A list that the same fix gives the page. */
export interface NewList {
  readonly route: string;
  readonly variable: string;
}

/** A part, or in people's words why the page is not of a shape that can be edited. */
export type Outcome = PagePart | { readonly refused: string };

/** Parts put together; a template or a name that two parts want comes once. */
export function joinParts(parts: readonly PagePart[]): PagePart {
  const names = parts.flatMap(({ imports }) => imports);
  return {
    spans: parts.flatMap(({ spans }) => spans),
    imports: [...new Map(names.map((each) => [`${each.file} ${each.name}`, each])).values()],
    files: [...new Set(parts.flatMap(({ files }) => files))],
  };
}

/** `recentDeployments` of `RECENT_DEPLOYMENTS`. */
export function camelCase(name: string): string {
  const [first = '', ...rest] = name
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** A string, and the end of a statement, as the page writes them. */
export function writerOf({ module }: Pick<PageContext, 'module'>): {
  readonly quoted: (text: string) => string;
  readonly end: string;
} {
  const { quote, semicolon } = styleOf(module.text);
  return { quoted: (text) => quote + text + quote, end: semicolon };
}
