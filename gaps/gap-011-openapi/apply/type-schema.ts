import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { ANYTHING, isAnything, objectOf, oneOf, type Schema } from './schema.ts';

/** Turns types of the code into schemas; types with a name become components, each once. */
export interface TypeSchemas {
  /** What JSON.stringify makes of a value of this type. */
  of(type: ts.Type): Schema;
  /** The same of an object, written out where it has a name. */
  shape(type: ts.Type): Schema;
  /** The named ones that were asked for so far. */
  components(): Readonly<Record<string, Schema>>;
}

/** Deeper than this a description helps nobody. */
const DEEPEST = 7;

/** Reads schemas from the types of some code. */
export function typeSchemas(code: TypedCode): TypeSchemas {
  const named = new Map<ts.Symbol, string>();
  const components = new Map<string, Schema>();
  const own: Reader = {
    code,
    /** A type with a name of its own is written once, and may hold itself. */
    named: (symbol, read) => {
      const known = named.get(symbol);
      if (known !== undefined) return { $ref: `#/components/schemas/${known}` };
      const name = freeName(symbol.name, components);
      named.set(symbol, name);
      components.set(name, ANYTHING);
      components.set(name, read());
      return { $ref: `#/components/schemas/${name}` };
    },
  };
  return {
    of: (type) => schemaOf(own, type, 0),
    shape: (type) => propertiesOf(own, type, 0),
    components: () => Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))),
  };
}

interface Reader {
  readonly code: TypedCode;
  named(symbol: ts.Symbol, read: () => Schema): Schema;
}

function freeName(name: string, taken: ReadonlyMap<string, Schema>): string {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}${count}`;
    if (!taken.has(free)) return free;
  }
}

function schemaOf(own: Reader, type: ts.Type, depth: number): Schema {
  const ts = typescript();
  const { flags } = type;
  if (depth > DEEPEST || flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never))
    return ANYTHING;
  if (type.isUnion()) return unionSchema(own, type, depth);
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
  if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
  if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object', additionalProperties: true };
  return flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)
    ? objectSchema(own, type, depth)
    : ANYTHING;
}

/** `A | B | null`; what is undefined is not written to JSON at all. */
function unionSchema(own: Reader, type: ts.UnionType, depth: number): Schema {
  const ts = typescript();
  const kept = type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
  const isNullable = type.types.some(({ flags }) => flags & ts.TypeFlags.Null);
  if (kept.every((each) => each.isStringLiteral())) {
    const values = kept.map((each) => (each.isStringLiteral() ? each.value : ''));
    return { type: 'string', enum: values, ...(isNullable ? { nullable: true } : {}) };
  }
  return nullable(oneOf(kept.map((each) => schemaOf(own, each, depth))), isNullable);
}

/** In OpenAPI 3.0 nothing may stand beside a `$ref`. */
function nullable(schema: Schema, isNullable: boolean): Schema {
  if (!isNullable || isAnything(schema)) return schema;
  return schema.$ref === undefined ? { ...schema, nullable: true } : { allOf: [schema], nullable: true };
}

function objectSchema(own: Reader, type: ts.Type, depth: number): Schema {
  const { checker } = own.code;
  const name = type.symbol?.name;
  if (name === 'Date' && !isOwn(type.symbol)) return { type: 'string', format: 'date-time' };
  if (isList(checker, type)) {
    const items = checker.getTypeArguments(type).map((each) => schemaOf(own, each, depth + 1));
    return { type: 'array', items: oneOf(items) };
  }
  if (type.getCallSignatures().length > 0) return ANYTHING;
  const symbol = type.aliasSymbol ?? type.symbol;
  const isNamed = symbol !== undefined && isOwn(symbol) && !/^__/.test(symbol.name) && !isGeneric(type);
  if (!isNamed && isLibrary(type)) return ANYTHING;
  return isNamed ? own.named(symbol, () => propertiesOf(own, type, 0)) : propertiesOf(own, type, depth);
}

function isList(checker: ts.TypeChecker, type: ts.Type): type is ts.TypeReference {
  return checker.isTupleType(type) || checker.isArrayType(type);
}

/** `Page<Item>`: a name that stands for several shapes. */
function isGeneric(type: ts.Type): boolean {
  if (type.aliasSymbol) return (type.aliasTypeArguments?.length ?? 0) > 0;
  return 'target' in type && type.target !== type;
}

/** Declared in the repository, and not by the language. */
function isOwn(symbol: ts.Symbol | undefined): boolean {
  const [declaration] = symbol?.declarations ?? [];
  return declaration !== undefined && !declaration.getSourceFile().fileName.startsWith('/node_modules/');
}

/** A class of the language or of the browser, whose JSON nobody means: Map, Promise, Response. */
function isLibrary({ symbol }: ts.Type): boolean {
  return symbol !== undefined && !/^__/.test(symbol.name) && !isOwn(symbol);
}

function propertiesOf(own: Reader, type: ts.Type, depth: number): Schema {
  const ts = typescript();
  const { checker } = own.code;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const property of type.getProperties()) {
    const [declaration] = property.declarations ?? [];
    const held = checker.getTypeOfSymbol(property);
    if (held.getCallSignatures().length > 0 || /^__|^#/.test(property.name)) continue;
    if (declaration && ts.getCombinedModifierFlags(declaration) & hidden) continue;
    properties[property.name] = schemaOf(own, held, depth + 1);
    if (!mayBeMissing(property, held)) required.push(property.name);
  }
  const index = type.getStringIndexType();
  const rest = index && schemaOf(own, index, depth + 1);
  return {
    ...objectOf(properties, required),
    ...(rest ? { additionalProperties: isAnything(rest) ? true : rest } : {}),
  };
}

/** What is undefined is left out of JSON, and a value of any type may be. */
function mayBeMissing(property: ts.Symbol, type: ts.Type): boolean {
  const ts = typescript();
  const { Any, Unknown, Undefined } = ts.TypeFlags;
  const parts = type.isUnion() ? type.types : [type];
  return (
    (property.flags & ts.SymbolFlags.Optional) !== 0 ||
    parts.some(({ flags }) => (flags & (Any | Unknown | Undefined)) !== 0)
  );
}
