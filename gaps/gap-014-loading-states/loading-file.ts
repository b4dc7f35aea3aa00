import type {
  Argument,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  FunctionBody,
  JSXChild,
  Statement,
} from 'oxc-parser';
import type { Finding, Repo, SourceModule } from '../../src/contract.ts';
import { hasDefaultExport, isClient } from '../../src/read/code/component-file.ts';
import { walk } from '../../src/read/code/walk.ts';

/** Why a loading file that is there shows nothing, or breaks the build. */
export type LoadingFileCode =
  | 'loading-without-export'
  | 'loading-renders-nothing'
  | 'loading-not-client'
  | 'loading-awaits';

/** What exists in the browser alone, by module (react.dev: "use client"; nextjs.org/docs: "Server Components"). */
const CLIENT_HOOKS: Readonly<Record<string, RegExp>> = {
  react:
    /^use(?:State|Effect|LayoutEffect|InsertionEffect|Reducer|Ref|Context|Transition|DeferredValue|SyncExternalStore|ImperativeHandle|Optimistic)$/,
  'next/navigation':
    /^use(?:Router|Pathname|SearchParams|Params|SelectedLayoutSegments?|ServerInsertedHTML)$/,
  'next-auth/react': /^use\w+$/,
};

/** What keeps a loading file from showing anything. Throws SourceError where it does not parse. */
export function defectOf(repo: Repo, path: string): Finding<LoadingFileCode> | undefined {
  const module = repo.module(path);
  const exported = defaultExpression(module);
  if ((!hasDefaultExport(module) && !/\bmodule\.exports\b/.test(module.text)) || exported === 'no component')
    return { code: 'loading-without-export', path, at: 0 };
  const client = isClient(module) ? undefined : findClientOnly(module);
  if (client) return { code: 'loading-not-client', path, at: client.at, data: { what: client.what } };
  if (exported === undefined) return undefined;
  if (exported.async && /\bawait\b/.test(module.text.slice(exported.start, exported.end)))
    return { code: 'loading-awaits', path, at: exported.start };
  return rendersNothing(exported.body)
    ? { code: 'loading-renders-nothing', path, at: exported.start }
    : undefined;
}

interface Component {
  readonly start: number;
  readonly end: number;
  readonly async: boolean;
  readonly body: FunctionBody | Expression | null;
}

/** The function behind the default export; undefined where it stands elsewhere or is made by a call. */
function defaultExpression({ program }: SourceModule): Component | 'no component' | undefined {
  for (const statement of program.body) {
    const found =
      statement.type === 'ExportDefaultDeclaration'
        ? defaultOf(statement.declaration)
        : statement.type === 'ExportNamedDeclaration'
          ? listedDefault(statement)
          : undefined;
    if (found === undefined) continue;
    if (found === 'no component' || 'body' in found) return found;
    return program.body.flatMap(declared).findLast(([name]) => name === found.named)?.[1];
  }
  return undefined;
}

type Exported = Component | 'no component' | { readonly named: string } | undefined;

function defaultOf(declaration: ExportDefaultDeclaration['declaration']): Exported {
  switch (declaration.type) {
    case 'Identifier':
      return { named: declaration.name };
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return declaration;
    case 'Literal':
    case 'JSXElement':
    case 'JSXFragment':
      return 'no component';
    default:
      return undefined;
  }
}

/** `export { Loading as default }`, of this module and not of another one. */
function listedDefault({ specifiers, source }: ExportNamedDeclaration): Exported {
  const entry = specifiers.find(
    ({ exported }) => exported.type === 'Identifier' && exported.name === 'default',
  );
  return !source && entry?.local.type === 'Identifier' ? { named: entry.local.name } : undefined;
}

function declared(statement: Statement): readonly (readonly [string, Component])[] {
  const declaration =
    statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement;
  if (declaration.type === 'FunctionDeclaration')
    return declaration.id ? [[declaration.id.name, declaration]] : [];
  if (declaration.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }): (readonly [string, Component])[] =>
    id.type === 'Identifier' &&
    (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [[id.name, init]]
      : [],
  );
}

function rendersNothing(body: Component['body']): boolean {
  if (!body) return false;
  if (body.type !== 'BlockStatement') return isNothing(body);
  const returned = returnsOf(body.body);
  return returned.every((argument) => argument === null || isNothing(argument));
}

/** What the statements return, those in branches included; functions inside return for themselves. */
function returnsOf(statements: readonly Statement[]): readonly (Expression | null)[] {
  return statements.flatMap((statement): readonly (Expression | null)[] => {
    switch (statement.type) {
      case 'ReturnStatement':
        return [statement.argument];
      case 'BlockStatement':
        return returnsOf(statement.body);
      case 'IfStatement':
        return returnsOf([statement.consequent, ...(statement.alternate ? [statement.alternate] : [])]);
      case 'SwitchStatement':
        return statement.cases.flatMap(({ consequent }) => returnsOf(consequent));
      case 'TryStatement':
        return returnsOf([
          statement.block,
          ...(statement.handler ? [statement.handler.body] : []),
          ...(statement.finalizer ? [statement.finalizer] : []),
        ]);
      default:
        return [];
    }
  });
}

/** Null and its like, an empty fragment, a bare element with nothing in it. */
function isNothing(expression: Expression | Argument): boolean {
  if (expression.type === 'Literal')
    return expression.value === null || typeof expression.value === 'boolean' || expression.value === '';
  if (expression.type === 'Identifier') return expression.name === 'undefined';
  if (expression.type === 'JSXFragment') return expression.children.every(isBlank);
  return (
    expression.type === 'JSXElement' &&
    expression.openingElement.name.type === 'JSXIdentifier' &&
    /^[a-z]/.test(expression.openingElement.name.name) &&
    expression.openingElement.attributes.length === 0 &&
    expression.children.every(isBlank)
  );
}

function isBlank(child: JSXChild): boolean {
  if (child.type === 'JSXText') return child.value.trim() === '';
  if (child.type !== 'JSXExpressionContainer') return false;
  return child.expression.type === 'JSXEmptyExpression' || isNothing(child.expression);
}

/** A hook or an event handler in a file that is rendered on the server. */
function findClientOnly(module: SourceModule): { readonly at: number; readonly what: string } | undefined {
  const hooks = new Set(
    module.imports.flatMap(({ moduleRequest, entries }) =>
      entries
        .filter(
          ({ isType, importName }) =>
            !isType && CLIENT_HOOKS[moduleRequest.value]?.test(importName.name ?? ''),
        )
        .map(({ localName }) => localName.value),
    ),
  );
  const found: { at: number; what: string }[] = [];
  if (hooks.size === 0 && !/\bReact\.use|\son[A-Z]\w*=|<style\s+jsx/.test(module.text)) return undefined;
  walk(module, {
    CallExpression: ({ start, callee }) => {
      if (callee.type === 'Identifier' && hooks.has(callee.name))
        found.push({ at: start, what: `${callee.name}()` });
      if (
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        callee.object.name === 'React' &&
        callee.property.type === 'Identifier' &&
        CLIENT_HOOKS.react?.test(callee.property.name)
      )
        found.push({ at: start, what: `${callee.property.name}()` });
    },
    JSXOpeningElement: ({ name, attributes }) => {
      if (name.type !== 'JSXIdentifier' || !/^[a-z]/.test(name.name)) return;
      for (const attribute of attributes) {
        if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') continue;
        const what = attribute.name.name;
        if (/^on[A-Z]/.test(what) || (name.name === 'style' && what === 'jsx'))
          found.push({ at: attribute.start, what });
      }
    },
  });
  return found.sort((a, b) => a.at - b.at)[0];
}
