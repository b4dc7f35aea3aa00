import type { Expression, ObjectExpression, Program } from 'oxc-parser';
import type { NextApp, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { insertion, type Spans } from '../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../src/edit/ts-file.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { configStep } from '../steps.ts';
import type { Change } from './changes.ts';

/** From here on `@sentry/nextjs` itself warns about the name (its changelog, 10.78). */
const MODULE = '@sentry/nextjs/config';
const WRAPPER = 'withSentryConfig';

/** What next.config exports, whatever that is, goes through Sentry's wrapper: an object, a function, a wrapped one. */
export function configChange(repo: Repo, app: NextApp, needsHook: boolean): Change {
  const path = app.configPath ?? '';
  const outcome = configSpans(repo.module(path), needsHook);
  return 'refused' in outcome
    ? { manual: [configStep(path, outcome.refused)] }
    : { patches: [{ path, spans: outcome.spans }] };
}

/** @param needsHook before Next.js 15 a flag makes it load instrumentation.ts */
function configSpans(module: SourceModule, needsHook: boolean): Spans {
  const { text, program } = module;
  if (text.includes(WRAPPER)) return { refused: `it names ${WRAPPER} already` };
  const exported = exportedExpression(program, text);
  if (!exported) return { refused: 'it does not export one expression' };
  const imported = importSpans(module, exported.isCommonJs);
  if ('refused' in imported) return imported;
  const { start, end } = exported.expression;
  return {
    spans: [
      ...imported.spans,
      ...(needsHook ? hookSpans(module, exported.expression) : []),
      insertion(start, `${WRAPPER}(`),
      insertion(end, `, ${optionsText(text, indentOf(text, start))})`),
    ],
  };
}

function optionsText(text: string, indent: string): string {
  const unit = indentUnitOf(text);
  const lines = [
    'silent: true,',
    'telemetry: false,',
    '// A build with a token uploads source maps. Every other build stays offline.',
    'sourcemaps: { disable: !process.env.SENTRY_AUTH_TOKEN },',
  ];
  return `{\n${lines.map((line) => `${indent}${unit}${line}\n`).join('')}${indent}}`;
}

interface Exported {
  readonly expression: Expression;
  readonly isCommonJs: boolean;
}

function exportedExpression({ body }: Program, text: string): Exported | undefined {
  const found = body.flatMap((statement): readonly (Exported | undefined)[] => {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      return isExpression(declaration) ? [{ expression: declaration, isCommonJs: false }] : [undefined];
    }
    if (statement.type !== 'ExpressionStatement') return [];
    const { expression } = statement;
    if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return [];
    const left = text.slice(expression.left.start, expression.left.end);
    if (/^(module\.)?exports\b/.test(left) && left !== 'module.exports') return [undefined];
    return left === 'module.exports' ? [{ expression: expression.right, isCommonJs: true }] : [];
  });
  // An assignment inside of a block, an `if` for example, is no statement of the module itself.
  const assignments = [...text.matchAll(/(?<![\w.])module\.exports\s*=(?!=)/g)].length;
  const [only] = found;
  return found.length === 1 && only && assignments === Number(only.isCommonJs) ? only : undefined;
}

/** Declarations of functions and classes keep a name that other code may use. */
function isExpression(node: { readonly type: string }): node is Expression {
  return !/Declaration$|^(FunctionDeclaration|ClassDeclaration)$/.test(node.type);
}

/** After the imports that are there; else at the head, not between a type and the object that it describes. */
function importSpans({ path, text, program }: SourceModule, isCommonJs: boolean): Spans {
  const last = program.body.findLast((statement) =>
    isCommonJs ? isRequire(statement, text) : statement.type === 'ImportDeclaration',
  );
  if (last && !isCommonJs) return addImport(path, text, { module: MODULE, named: [WRAPPER] });
  const { quote, semicolon } = styleOf(text);
  const line = isCommonJs
    ? `const { ${WRAPPER} } = require(${quote}${MODULE}${quote})${semicolon}\n`
    : `import { ${WRAPPER} } from ${quote}${MODULE}${quote}${semicolon}\n`;
  if (!last) return { spans: [insertion(headEnd(text), `${line}\n`)] };
  const end = text.indexOf('\n', last.end);
  return end === -1 ? { refused: 'it is written on one line' } : { spans: [insertion(end + 1, line)] };
}

/** `const path = require('path')`, and what is taken from it or called at once; not a value that requires inside. */
function isRequire(statement: Program['body'][number], text: string): boolean {
  return (
    statement.type === 'VariableDeclaration' &&
    statement.declarations.every(({ init }) => init && /^require\(/.test(text.slice(init.start, init.end)))
  );
}

/** After directives and the lines that speak to a tool about the file; a JSDoc type belongs to what follows it. */
function headEnd(text: string): number {
  return /^(?:#!.*\n|\/\/ @ts-check\n|(['"])use strict\1;?\n)*\n?/.exec(text)?.[0].length ?? 0;
}

/** The flag, where the configuration is one object over several lines; elsewhere the wrapper sets it. */
function hookSpans(module: SourceModule, exported: Expression): readonly Span[] {
  const object = objectIn(module, exported);
  if (!object || object.properties.some(({ type }) => type === 'SpreadElement')) return [];
  const { text } = module;
  const experimental = object.properties.find(
    (each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === 'experimental',
  );
  if (!experimental) return entrySpans(text, object, 'experimental: { instrumentationHook: true }');
  const value = experimental.type === 'Property' ? experimental.value : undefined;
  if (value?.type !== 'ObjectExpression' || /instrumentationHook/.test(text.slice(value.start, value.end)))
    return [];
  return entrySpans(text, value, 'instrumentationHook: true');
}

function entrySpans(text: string, object: ObjectExpression, entry: string): readonly Span[] {
  const last = object.properties.at(-1);
  if (!last) return [];
  const isOneLine = !text.slice(object.start, object.end).includes('\n');
  if (isOneLine) return [insertion(last.end, `, ${entry}`)];
  const indent = indentOf(text, last.start);
  if (text.slice(lineStart(text, last.start), last.start) !== indent) return [];
  const comma = /^\s*,/.exec(text.slice(last.end));
  const end = last.end + (comma?.[0].length ?? 0);
  const lineEnd = text.indexOf('\n', end);
  const at = /^[ \t]*(\/\/.*)?$/.test(text.slice(end, lineEnd)) ? lineEnd : end;
  return [...(comma ? [] : [insertion(last.end, ',')]), insertion(at, `\n${indent}${entry},`)];
}

/** The object literal behind names, types and the wrappers that were there before. */
function objectIn(module: SourceModule, expression: Expression): ObjectExpression | undefined {
  switch (expression.type) {
    case 'ObjectExpression':
      return expression;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return objectIn(module, expression.expression);
    case 'Identifier': {
      const value = initialValue(module, expression.name);
      return value && objectIn(module, value);
    }
    case 'CallExpression': {
      const [first] = expression.arguments;
      return first && first.type !== 'SpreadElement' && expression.arguments.length === 1
        ? objectIn(module, first)
        : undefined;
    }
    default:
      return undefined;
  }
}

function initialValue({ program }: SourceModule, name: string): Expression | undefined {
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations)
      if (id.type === 'Identifier' && id.name === name && init) return init;
  }
  return undefined;
}
