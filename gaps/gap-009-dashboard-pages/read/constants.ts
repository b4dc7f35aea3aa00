import type { ArrayExpression, Expression, ObjectExpression } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { withoutTypes } from '../../../src/read/code/resolved-value.ts';
import type { Top } from './module-names.ts';

/** A list of records that a page declares at its top. */
export interface Constant {
  readonly name: string;
  readonly statement: Top;
  readonly list: ArrayExpression;
  readonly records: readonly ObjectExpression[];
  /** Fields that hold something of the page's code, an icon for instance; nothing outside of it can bring these. */
  readonly ownFields: readonly string[];
  readonly fields: readonly string[];
}

/** The constant of that name; undefined where it is no list of plain records. */
export function constantOf(module: SourceModule, name: string): Constant | undefined {
  for (const statement of module.program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) continue;
    const [declared] = statement.declarations;
    if (declared?.id.type !== 'Identifier' || declared.id.name !== name || !declared.init) continue;
    const list = withoutTypes(declared.init);
    const records = list.type === 'ArrayExpression' ? recordsIn(list) : undefined;
    if (list.type !== 'ArrayExpression' || !records) return undefined;
    const fields = [...new Set(records.flatMap((record) => entriesOf(record).map(([key]) => key)))];
    const ownFields = fields.filter((field) => records.some((record) => isOwn(heldIn(record, field))));
    return { name, statement, list, records, ownFields, fields };
  }
  return undefined;
}

function recordsIn({ elements }: ArrayExpression): readonly ObjectExpression[] | undefined {
  const records = elements.flatMap((each) => (each?.type === 'ObjectExpression' ? [each] : []));
  const isPlain = records.every(({ properties }) =>
    properties.every((each) => each.type === 'Property' && !each.computed && !each.shorthand),
  );
  return records.length > 0 && records.length === elements.length && isPlain ? records : undefined;
}

/** The fields of a record with what they hold. */
function entriesOf({ properties }: ObjectExpression): readonly (readonly [string, Expression])[] {
  return properties.flatMap((each) => {
    if (each.type !== 'Property') return [];
    const { key, value } = each;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';
    return [[name, value] as const];
  });
}

/** What a record holds in a field. */
export function heldIn(record: ObjectExpression, field: string): Expression | undefined {
  return entriesOf(record).find(([key]) => key === field)?.[1];
}

function isOwn(value: Expression | undefined): boolean {
  return (
    value !== undefined && /^(Identifier|JSX\w+|ArrowFunctionExpression|FunctionExpression)$/.test(value.type)
  );
}
