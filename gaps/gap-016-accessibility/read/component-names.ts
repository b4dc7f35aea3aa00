import { type ModuleRequest, peekModule, requestsOf } from '../../../src/read/code/imports.ts';
import { lastWord } from '../../../src/read/code/specifier-words.ts';
import {
  FIELD_MODULE,
  ICON_MODULE,
  ICON_PACKAGES,
  LIBRARY_BUTTONS,
  NEXT_IMAGE,
  OPENER,
  PRIMITIVE,
  SWITCHES,
  UI,
} from '../tables.ts';
import type { Place } from './own-components.ts';

/** What a name in markup is by what the file imports under it. */
export interface ComponentNames {
  readonly isIcon: (name: string) => boolean;
  readonly isImage: (name: string) => boolean;
  readonly isField: (name: string) => boolean;
  /** What Next.js draws the document with in its pages router. */
  readonly isDocument: (name: string) => boolean;
  /** A button of a UI library that brings no name of its own. */
  readonly isLibraryButton: (name: string) => boolean;
  /** What wraps a primitive: a button too, with what it is given inside. */
  readonly isOpener: (name: string) => boolean;
}

/** Reads what the names of a file stand for. */
export function componentNames({ repo, path }: Place): ComponentNames {
  const module = peekModule(repo, path);
  const byLocal = new Map<string, ModuleRequest>();
  for (const request of module ? requestsOf(module) : [])
    if (request.local !== undefined) byLocal.set(request.local, request);
  const requestOf = (name: string) => byLocal.get(name.split('.')[0] ?? '');
  const from = (name: string) => requestOf(name)?.specifier ?? '';
  const isOneOf = (name: string) => isLibraryButton(requestOf(name), name);
  return {
    isIcon: (name) => ICON_PACKAGES.test(from(name)) || ICON_MODULE.test(from(name)),
    isImage: (name) => NEXT_IMAGE.test(from(name)),
    isField: (name) => FIELD_MODULE.test(from(name)) || (UI.test(from(name)) && SWITCHES.test(name)),
    isDocument: (name) => from(name) === 'next/document',
    isLibraryButton: isOneOf,
    isOpener: (name) => OPENER.test(name) && (UI.test(from(name)) || PRIMITIVE.test(from(name))),
  };
}

function isLibraryButton(request: ModuleRequest | undefined, name: string): boolean {
  if (!request) return false;
  const { specifier } = request;
  const root = request.name === 'default' ? lastWord(specifier) : request.name;
  const exported = name.includes('.') ? `${root}${name.slice(name.indexOf('.'))}` : root;
  return LIBRARY_BUTTONS.some(([modules, names]) => modules.test(specifier) && names.test(exported));
}
