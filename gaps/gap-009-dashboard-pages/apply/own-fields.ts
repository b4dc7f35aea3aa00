import type { ObjectExpression } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { indentUnitOf } from '../../../src/edit/ts-file.ts';
import { type Constant, heldIn } from '../read/constants.ts';
import { type PageContext, writerOf } from './page-part.ts';

/** What is left of a constant whose rows come from elsewhere: its icons and the like, by the id of their row. */
export function ownFieldsSpan(page: PageContext, { name, statement, records, ownFields }: Constant): Span {
  const { end } = writerOf(page);
  const unit = indentUnitOf(page.module.text);
  const text = ownFields.map((field) => {
    const entries = records.flatMap((record) => {
      const [id, value] = [sourceIn(page, record, 'id'), sourceIn(page, record, field)];
      return id === undefined || value === undefined ? [] : [`${unit}${keyOf(id)}: ${value},\n`];
    });
    const type = page.app.typescript ? `: Record<string, ${typeOf(page, records, field)}>` : '';
    return `const ${recordName(name, field)}${type} = {\n${entries.join('')}}${end}`;
  });
  return { start: statement.start, end: statement.end, text: text.join('\n\n') };
}

/** `TEMPLATES_ICON` */
export function recordName(constant: string, field: string): string {
  return `${constant}_${field.toUpperCase()}`;
}

/** What stands in the source of a record's field. */
export function sourceIn(
  { module }: PageContext,
  record: ObjectExpression,
  field: string,
): string | undefined {
  const value = heldIn(record, field);
  return value && module.text.slice(value.start, value.end);
}

/** `saas` needs no quotes, `"e-commerce"` does. */
function keyOf(id: string): string {
  return /^["'][A-Za-z_]\w*["']$/.test(id) ? id.slice(1, -1) : id;
}

/** The type that an interface of the page gives to the field, or that of the first one. */
function typeOf(page: PageContext, records: readonly ObjectExpression[], field: string): string {
  const { program, text } = page.module;
  for (const top of program.body) {
    if (top.type !== 'TSInterfaceDeclaration') continue;
    for (const member of top.body.body) {
      if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue;
      const { typeAnnotation: type } = member;
      if (member.key.name === field && type)
        return text.slice(type.typeAnnotation.start, type.typeAnnotation.end);
    }
  }
  const [first] = records;
  return `typeof ${(first && sourceIn(page, first, field)) ?? 'undefined'}`;
}
