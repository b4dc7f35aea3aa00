import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import {
  type ModuleRequest,
  peekModule,
  reachableFrom,
  requestsOf,
  resolveImport,
} from '../../src/read/code/imports.ts';
import { findOwnPackage } from '../../src/read/code/own-packages.ts';
import { type JsxElement, scanJsx } from '../../src/read/markup/markup.ts';

/** Renders an app in thought, from pages and layouts down, component by component. */
export interface Rendering {
  /** The first file that a component renders, or uses as a hook, that calls useSession outside of any provider. */
  bareCaller(path: string, name: string): string | undefined;
  /** Whether a layout's children stand inside of a component that leads to the provider. */
  mountsProvider(layout: string): boolean;
}

/** For the proof: the opposite direction of what detect follows, on slices of text where detect reads modules. */
export function renderingOf(repo: Repo, app: NextApp): Rendering {
  const rendered = new Map<string, string | undefined>();

  function bareCaller(path: string, name: string): string | undefined {
    const key = `${path} ${name}`;
    if (!rendered.has(key)) {
      rendered.set(key, undefined);
      rendered.set(key, render(path, name));
    }
    return rendered.get(key);
  }

  function render(path: string, name: string): string | undefined {
    const again = requestsIn(repo, path).find(({ exportedAs }) => exportedAs === name || exportedAs === '*');
    const code = sliceOf(codeOf(repo, path), name);
    if (again && (again.exportedAs === name || code === undefined)) {
      return follow(path, again, again.exportedAs === '*' ? name : again.name);
    }
    return renderCode(path, code ?? codeOf(repo, path));
  }

  function renderCode(path: string, code: string): string | undefined {
    const bare = scanJsx(code).filter((element) => !isSheltered(path, element));
    for (const request of requestsIn(repo, path)) {
      const { local, specifier, name } = request;
      if (local === undefined || !isUsed(code, bare, local)) continue;
      if (specifier === 'next-auth/react') {
        if (name === 'useSession' || (name === '*' && code.includes(`${local}.useSession`))) return path;
        continue;
      }
      const caller = follow(path, request, name);
      if (caller !== undefined) return caller;
    }
    const own = new Set(bare.map(({ name }) => name).filter((tag) => sliceOf(codeOf(repo, path), tag)));
    return [...own].map((tag) => bareCaller(path, tag)).find((caller) => caller !== undefined);
  }

  function follow(path: string, { specifier }: ModuleRequest, name: string): string | undefined {
    const target = resolveImport(repo, app, path, specifier);
    return target === undefined || !/\.[cm]?[jt]sx?$/.test(target) ? undefined : bareCaller(target, name);
  }

  function isSheltered(path: string, element: JsxElement): boolean {
    for (let each = element.parent; each; each = each.parent) {
      if (leadsToProvider(path, each.name)) return true;
    }
    return false;
  }

  function leadsToProvider(path: string, tag: string): boolean {
    if (/(^|\.)SessionProvider$/.test(tag)) return true;
    const imported = new RegExp(
      `(?:import[^;'"]*\\b${tag}\\b[^;'"]*from\\s*|\\b${tag}\\s*=[^;]*?import\\()['"]([^'"]+)`,
    ).exec(codeOf(repo, path))?.[1];
    if (!/^[A-Z]\w*$/.test(tag) || imported === undefined) return false;
    const target = resolveImport(repo, app, path, imported);
    if (target === undefined) return findOwnPackage(repo, imported) !== undefined;
    return [...reachableFrom(repo, app, [target])].some((file) =>
      /<SessionProvider\b|export[^;]*\bSessionProvider\b/.test(codeOf(repo, file)),
    );
  }

  function mountsProvider(layout: string): boolean {
    const code = codeOf(repo, layout);
    return scanJsx(code).some(
      (element) =>
        /\{[^{}]*\bchildren\b/.test(code.slice(element.start, element.end)) &&
        leadsToProvider(layout, element.name),
    );
  }

  return { bareCaller, mountsProvider };
}

function isUsed(code: string, bare: readonly JsxElement[], local: string): boolean {
  if (/^[A-Z]/.test(local)) return bare.some(({ name }) => name.split('.', 1)[0] === local);
  return new RegExp(`(?<![\\w$.])${local}(\\.\\w+)?\\s*(<[^()]*>)?\\(`).test(code);
}

/** A declaration that starts its line, up to the next one. */
function sliceOf(code: string, name: string): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const head =
    name === 'default'
      ? /^export\s+default\b/m
      : new RegExp(
          `^(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?(?:function|const|class|let)\\s+${name}\\b`,
          'm',
        );
  const from = code.search(head);
  if (from === -1) return undefined;
  const rest = code.slice(from + 1).search(/^(?:export|function|const|class|let|async|type|interface)\b/m);
  return rest === -1 ? code.slice(from) : code.slice(from, from + 1 + rest);
}

function requestsIn(repo: Repo, path: string): readonly ModuleRequest[] {
  const module = peekModule(repo, path);
  return module ? requestsOf(module) : [];
}

function codeOf(repo: Repo, path: string): string {
  return withoutComments(repo, path);
}
