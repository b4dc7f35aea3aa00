import type { NextApp, Repo } from '../../../src/contract.ts';
import { blankComments, withoutComments } from '../../../src/read/code/comments.ts';
import { type ModuleRequest, peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { findOwnPackage } from '../../../src/read/code/own-packages.ts';
import { leadingTo, leavesSight } from '../../../src/read/code/reach.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { once } from '../../../src/repo/once.ts';
import { BOUNDARY_PACKAGE } from '../tables.ts';
import { lateImportOf } from './late-import.ts';
import { privateComponentAround } from './private-component.ts';

/** A kind of component that is put around others for what it gives them. */
export interface Kind {
  /** Whether a package exports it under this name. */
  isFrom(specifier: string, name: string): boolean;
  /** Whether code of the app's own is one. */
  isMadeIn(code: string): boolean;
  /** Whether a package of this repository that does not resolve counts as one. */
  readonly trustsUnseen: boolean;
  /** Words of which every file that brings one in holds one; absent where nothing but layouts is asked. */
  readonly words?: readonly string[];
}

/** Provides the session of next-auth. What cannot be seen counts as provided: no false alarm. */
export const SESSION: Kind = {
  isFrom: (specifier, name) => specifier === 'next-auth/react' && name === 'SessionProvider',
  isMadeIn: () => false,
  trustsUnseen: true,
  words: ['SessionProvider'],
};

/** React's own way to catch (react.dev: "Catching rendering errors with an error boundary"), and packages of it. */
export const BOUNDARY: Kind = {
  isFrom: (specifier, name) => BOUNDARY_PACKAGE.test(specifier) && /ErrorBoundary$/.test(name),
  isMadeIn: (code) => /\bgetDerivedStateFromError\b|\bcomponentDidCatch\s*\(/.test(code),
  trustsUnseen: false,
  words: ['ErrorBoundary', 'getDerivedStateFromError', 'componentDidCatch'],
};

/** The components of one kind in an app, and what is known of them so far. */
export interface Wrapping {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly kind: Kind;
  readonly known: Map<string, boolean>;
  /** Whether one may stand in a file or in what it imports: told by words, so that most files are not parsed. */
  mayHold(path: string): boolean;
}

/** Reads the markup: an import alone provides nothing, and a provider beside the children does not reach them. */
export function wrappingOf(repo: Repo, app: NextApp, kind: Kind): Wrapping {
  const { words, trustsUnseen } = kind;
  const brings = (path: string) =>
    words?.some((word) => repo.mentions(path, word)) === true ||
    (trustsUnseen && leavesSight(repo, app, path));
  const holding = once(() => leadingTo(repo, app, app.files, brings));
  const mayHold = (path: string) => words === undefined || holding().has(path);
  return { repo, app, kind, known: new Map(), mayHold };
}

/** Answers once; a cycle answers no. */
function decided({ known }: Wrapping, key: string, decide: () => boolean): boolean {
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  known.set(key, false);
  const decision = decide();
  known.set(key, decision);
  return decision;
}

/** Whether a module renders its children inside the component, its own or that of a wrapper it imports. */
export function wraps(wrapping: Wrapping, path: string): boolean {
  if (!wrapping.mayHold(path)) return false;
  return decided(wrapping, `wraps ${path}`, () => {
    const elements = jsxElements(wrapping.repo, path);
    const around = elements.filter(holdsChildren).flatMap(stackOf);
    return (
      around.some(({ name }) => provides(wrapping, path, name)) ||
      handsOver(wrapping, path, elements) ||
      isAnother(wrapping, path)
    );
  });
}

/** Whether a module is what another one makes: `export { default } from '../admin/layout'`, or the import by default. */
function isAnother(wrapping: Wrapping, path: string): boolean {
  const module = peekModule(wrapping.repo, path);
  if (!module) return false;
  const names = module.exports.flatMap(({ start, end }) =>
    [...module.text.slice(start, end).matchAll(/^export\s+default\s+([A-Za-z_$][\w$]*)\s*;?$/g)].map(
      ([, name]) => name,
    ),
  );
  return requestsOf(module).some(
    ({ specifier, name, local, exportedAs }) =>
      (exportedAs === 'default' || (local !== undefined && names.includes(local))) &&
      leadsToProvider(wrapping, path, specifier, name),
  );
}

/** Whether a module uses the component without rendering it: it is given to a function or to another component. */
function handsOver({ repo, kind }: Wrapping, path: string, elements: readonly JsxElement[]): boolean {
  const module = peekModule(repo, path);
  if (!module) return false;
  const rendered = new Set(elements.map(({ name }) => rootOf(name)));
  const code = module.withoutComments.slice(module.imports.at(-1)?.end ?? 0);
  return requestsOf(module).some(
    ({ specifier, name, local }) =>
      local !== undefined &&
      !rendered.has(local) &&
      kind.isFrom(specifier, name) &&
      new RegExp(`(?<![\\w$])${escaped(local)}(?![\\w$])`).test(code),
  );
}

/** Whether a module renders a component of that local name nowhere but inside a provider. */
export function shelters(wrapping: Wrapping, path: string, local: string | undefined): boolean {
  if (!wrapping.mayHold(path)) return false;
  const elements = jsxElements(wrapping.repo, path);
  const isProvided = ({ name }: JsxElement) => provides(wrapping, path, name);
  const uses = elements.filter(({ name }) => local !== undefined && rootOf(name) === local);
  return uses.length === 0
    ? elements.some(isProvided)
    : uses.every((use) => stackOf(use.parent).some(isProvided) || isSheltered(wrapping, path, use.start));
}

/** Whether what stands there belongs to a private component that is rendered inside a provider alone. */
function isSheltered(wrapping: Wrapping, path: string, at: number): boolean {
  const module = peekModule(wrapping.repo, path);
  const component = module && privateComponentAround(module, at);
  if (component === undefined) return false;
  return decided(wrapping, `shelters ${path} ${component}`, () => {
    const isRendered = jsxElements(wrapping.repo, path).some(({ name }) => rootOf(name) === component);
    return isRendered && shelters(wrapping, path, component);
  });
}

/** Whether an element of that name, in that module, is a provider. */
function provides(wrapping: Wrapping, path: string, tag: string): boolean {
  if (!/^[A-Z]|\./.test(tag)) return false;
  return decided(wrapping, `provides ${path} ${tag}`, () => {
    const request = requestsIn(wrapping.repo, path).find(({ local }) => local === rootOf(tag));
    if (request) {
      const member = request.name === '*' ? tag.split('.').at(-1) : request.name;
      return leadsToProvider(wrapping, path, request.specifier, member ?? '*');
    }
    const late = lateImportOf(wrapping.repo, path, rootOf(tag));
    return late !== undefined && leadsToProvider(wrapping, path, late, 'default');
  });
}

function leadsToProvider(wrapping: Wrapping, path: string, specifier: string, name: string): boolean {
  const { repo, app, kind } = wrapping;
  if (kind.isFrom(specifier, name)) return true;
  const target = resolveImport(repo, app, path, specifier);
  if (target === undefined) return kind.trustsUnseen && findOwnPackage(repo, specifier) !== undefined;
  if (!wrapping.mayHold(target)) return false;
  return decided(wrapping, `exports ${target} ${name}`, () => {
    if (kind.isMadeIn(withoutComments(repo, target))) return true;
    const again = requestsIn(repo, target).filter(
      ({ exportedAs }) => exportedAs === name || exportedAs === '*',
    );
    const named = again.find(({ exportedAs }) => exportedAs === name);
    if (named) return leadsToProvider(wrapping, target, named.specifier, named.name);
    return (
      wraps(wrapping, target) || again.some((each) => leadsToProvider(wrapping, target, each.specifier, name))
    );
  });
}

function requestsIn(repo: Repo, path: string): readonly ModuleRequest[] {
  const module = peekModule(repo, path);
  return module ? requestsOf(module) : [];
}

/** `{children}`, `{props.children}`, `children={children}`, or `{...props}` on an element without children. */
function holdsChildren(element: JsxElement): boolean {
  const sources = element.children.map((child) => (child.kind === 'expression' ? child.source : ''));
  const handed = attributeOf(element, 'children');
  if (handed?.kind === 'expression') sources.push(handed.value);
  return (
    (element.children.length === 0 && hasSpread(element)) ||
    sources.some((source) => source.includes('children') && /\bchildren\b/.test(blankComments(source)))
  );
}

/** The element and those around it, inside out. */
function stackOf(element: JsxElement | undefined): readonly JsxElement[] {
  const stack: JsxElement[] = [];
  for (let each = element; each; each = each.parent) stack.push(each);
  return stack;
}

function rootOf(tag: string): string {
  return tag.split('.', 1)[0] ?? tag;
}
