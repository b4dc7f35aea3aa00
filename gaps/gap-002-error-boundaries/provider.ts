import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { peekModule, requestsOf, resolveImport } from '../../src/read/code/imports.ts';
import { findOwnPackage } from '../../src/read/code/own-packages.ts';
import { attributeOf, hasSpread, type JsxElement, jsxElements } from '../../src/read/markup/markup.ts';
import { privateComponentAround } from './private-component.ts';

/** A kind of component that is put around others for what it gives them. */
interface Kind {
  /** Whether a package exports it under this name. */
  isFrom(specifier: string, name: string): boolean;
  /** Whether code of the app's own is one. */
  isMadeIn(code: string): boolean;
  /** Whether a package of this repository that does not resolve counts as one. */
  readonly trustsUnseen: boolean;
}

const SESSION: Kind = {
  isFrom: (specifier, name) => specifier === 'next-auth/react' && name === 'SessionProvider',
  isMadeIn: () => false,
  trustsUnseen: true,
};

const BOUNDARY_PACKAGE =
  /^(react-error-boundary|@sentry\/(nextjs|react)|posthog-js\/react|@bugsnag\/plugin-react|@rollbar\/react)$/;

/** React's own way to catch (react.dev: "Catching rendering errors with an error boundary"), and packages of it. */
const BOUNDARY: Kind = {
  isFrom: (specifier, name) => BOUNDARY_PACKAGE.test(specifier) && /ErrorBoundary$/.test(name),
  isMadeIn: (code) => /\bgetDerivedStateFromError\b|\bcomponentDidCatch\s*\(/.test(code),
  trustsUnseen: false,
};

/** What an app's components give to what stands inside them. */
export interface Providers {
  /** Whether a module renders its children inside the component, its own or that of a wrapper it imports. */
  wraps(path: string): boolean;
  /** Whether a module renders a component of that local name nowhere but inside a provider. */
  shelters(path: string, local: string | undefined): boolean;
}

/** Who provides the session of next-auth. What cannot be seen counts as provided: no false alarm. */
export function providersOf(repo: Repo, app: NextApp): Providers {
  return wrappersOf(repo, app, SESSION);
}

/** Who catches what is thrown inside of it. */
export function catchersOf(repo: Repo, app: NextApp): Providers {
  return wrappersOf(repo, app, BOUNDARY);
}

/** Reads the markup: an import alone provides nothing, and a provider beside the children does not reach them. */
function wrappersOf(repo: Repo, app: NextApp, kind: Kind): Providers {
  const known = new Map<string, boolean>();

  function once(key: string, compute: () => boolean): boolean {
    const result = known.get(key);
    if (result !== undefined) return result;
    known.set(key, false); // a cycle provides nothing
    const computed = compute();
    known.set(key, computed);
    return computed;
  }

  function wraps(path: string): boolean {
    return once(`wraps ${path}`, () => {
      const places = jsxElements(repo, path).filter(holdsChildren);
      return places.length === 0
        ? asksFor(path)
        : places.some((place) => stackOf(place).some(({ name }) => provides(path, name)));
    });
  }

  function shelters(path: string, local: string | undefined): boolean {
    const elements = jsxElements(repo, path);
    const uses = elements.filter(({ name }) => local !== undefined && rootOf(name) === local);
    if (uses.length === 0) return elements.some(({ name }) => provides(path, name));
    return uses.every(
      (use) => stackOf(use.parent).some(({ name }) => provides(path, name)) || isSheltered(path, use.start),
    );
  }

  /** Whether what stands there belongs to a private component that is rendered inside a provider alone. */
  function isSheltered(path: string, at: number): boolean {
    const module = peekModule(repo, path);
    const component = module && privateComponentAround(module, at);
    if (component === undefined) return false;
    return once(`shelters ${path} ${component}`, () => {
      const isRendered = jsxElements(repo, path).some(({ name }) => rootOf(name) === component);
      return isRendered && shelters(path, component);
    });
  }

  /** Whether an element of that name, in that module, is a provider. */
  function provides(path: string, tag: string): boolean {
    if (!/^[A-Z]|\./.test(tag)) return false;
    return once(`provides ${path} ${tag}`, () => {
      const request = requestsIn(path).find(({ local }) => local === rootOf(tag));
      if (request) {
        const member = request.name === '*' ? tag.split('.').at(-1) : request.name;
        return leadsToProvider(path, request.specifier, member ?? '*');
      }
      const late = new RegExp(`\\b${rootOf(tag)}\\s*=[^;]*?\\bimport\\(\\s*['"]([^'"]+)`).exec(codeOf(path));
      return late?.[1] !== undefined && leadsToProvider(path, late[1], 'default');
    });
  }

  function leadsToProvider(path: string, specifier: string, name: string): boolean {
    if (kind.isFrom(specifier, name)) return true;
    const target = resolveImport(repo, app, path, specifier);
    if (target === undefined) return kind.trustsUnseen && findOwnPackage(repo, specifier) !== undefined;
    return once(`exports ${target} ${name}`, () => {
      if (kind.isMadeIn(codeOf(target))) return true;
      const again = requestsIn(target).filter(({ exportedAs }) => exportedAs === name || exportedAs === '*');
      const named = again.find(({ exportedAs }) => exportedAs === name);
      if (named) return leadsToProvider(target, named.specifier, named.name);
      return wraps(target) || again.some((each) => leadsToProvider(target, each.specifier, name));
    });
  }

  function asksFor(path: string): boolean {
    return requestsIn(path).some(
      ({ specifier, name, local }) => local !== undefined && kind.isFrom(specifier, name),
    );
  }

  function requestsIn(path: string) {
    const module = peekModule(repo, path);
    return module ? requestsOf(module) : [];
  }

  function codeOf(path: string): string {
    return withoutComments(repo, path);
  }

  return { wraps, shelters };
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
