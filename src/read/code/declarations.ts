import type {
  ArrowFunctionExpression,
  BindingPattern,
  Expression,
  Function as OxcFunction,
  ParamPattern,
} from 'oxc-parser';
import { oncePer } from '../../repo/once.ts';
import type { SourceModule } from '../../repo/repo.ts';
import { walk } from './walk.ts';

/** A part of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A name that a module declares, and where it can be seen. */
export interface Declaration extends Range {
  readonly name: string;
  /** The function, or the whole module, in which the name means this. */
  readonly scope: Range;
  /** Of a parameter: the name of its function, '' where it has none. */
  readonly parameterOf?: string;
}

/** Every variable, function, class and parameter of a module by its name: one walk, kept as long as the module. */
export const declarationsOf = oncePer((module: SourceModule): ReadonlyMap<string, readonly Declaration[]> => {
  const byName = new Map<string, Declaration[]>();
  for (const each of readDeclarations(module)) {
    const same = byName.get(each.name);
    if (same) same.push(each);
    else byName.set(each.name, [each]);
  }
  return byName;
});

/** What a name means at an offset: the innermost declaration that can be seen from there. */
export function declarationAt(module: SourceModule, name: string, at: number): Declaration | undefined {
  let best: Declaration | undefined;
  for (const each of declarationsOf(module).get(name) ?? []) {
    if (each.scope.start > at || each.scope.end < at) continue;
    if (!best || each.scope.start >= best.scope.start) best = each;
  }
  return best;
}

function readDeclarations(module: SourceModule): readonly Declaration[] {
  const found: Declaration[] = [];
  const scopes: Range[] = [{ start: 0, end: module.text.length }];
  const names = new Map<number, string>();
  const declare = (name: string, { start, end }: Range, parameterOf?: string) => {
    const scope = scopes.at(-1) ?? { start: 0, end: module.text.length };
    found.push({ name, start, end, scope, ...(parameterOf === undefined ? {} : { parameterOf }) });
  };
  const enter = (node: OxcFunction | ArrowFunctionExpression) => {
    const own = node.id?.name ?? names.get(node.start) ?? '';
    if (node.type === 'FunctionDeclaration' && node.id) declare(node.id.name, node);
    scopes.push(node);
    for (const parameter of node.params) for (const name of namesIn(parameter)) declare(name, parameter, own);
  };
  const leave = () => {
    scopes.pop();
  };
  walk(module, {
    ClassDeclaration: (node) => {
      if (node.id) declare(node.id.name, node);
    },
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    'FunctionDeclaration:exit': leave,
    'FunctionExpression:exit': leave,
    'ArrowFunctionExpression:exit': leave,
    VariableDeclarator: (node) => {
      for (const name of namesIn(node.id)) declare(name, node);
      if (node.id.type !== 'Identifier' || !node.init) return;
      for (const { start } of wrapped(node.init)) names.set(start, node.id.name);
    },
  });
  return found;
}

/** A value and what it wraps, outermost first: `memo(forwardRef((props, ref) => …))`. */
function wrapped(value: Expression): readonly Expression[] {
  const [first] = value.type === 'CallExpression' ? value.arguments : [];
  return first && first.type !== 'SpreadElement' ? [value, ...wrapped(first)] : [value];
}

function namesIn(pattern: BindingPattern | ParamPattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => {
        if (!element) return [];
        return namesIn(element.type === 'RestElement' ? element.argument : element);
      });
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
  }
}
