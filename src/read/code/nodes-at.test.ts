import { describe, expect, test } from 'vitest';
import { parseWhole } from '../../repo/code/code.ts';
import { nodesAt } from './nodes-at.ts';

function typesAt(text: string): readonly string[] {
  const at = text.indexOf('here');
  return nodesAt(parseWhole('a.ts', text), at).map(({ type }) => type);
}

describe('nodesAt', () => {
  test.each([
    ['const a = b(() => here);', 'VariableDeclarator CallExpression ArrowFunctionExpression Identifier'],
    ['const { a = here } = b;', 'ObjectPattern Property AssignmentPattern Identifier'],
    ['const a = `${b} and ${here}`;', 'VariableDeclarator TemplateLiteral Identifier'],
    ['@A(here)\nclass B {}', 'ClassDeclaration Decorator CallExpression Identifier'],
    ['@A(here)\nexport class B {}', 'Program Decorator CallExpression Identifier'],
    ['@A(here)\nexport default class {}', 'Program Decorator CallExpression Identifier'],
    ['class B { constructor(@A(here) b: C) {} }', 'FunctionExpression Decorator CallExpression Identifier'],
    ['a();\n// here\nb();', 'Program'],
  ])('%s', (text, types) => {
    expect(typesAt(text).join(' ')).toMatch(new RegExp(`(^| )${types}$`));
  });
});
