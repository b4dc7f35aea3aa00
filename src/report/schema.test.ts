import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { schemaFiles } from '../../scripts/schemas.ts';
import { configSchema } from '../cli/config-schema.ts';
import type { ReportDocument } from './document.ts';
import { renderJson } from './json.ts';
import { reportSchema } from './schema.ts';
import { audit, documents } from './testing/documents.ts';

const files = schemaFiles();
const ajv = new Ajv2020({ formats: { date: true, 'date-time': true }, strict: true });

function validator(path: string) {
  return ajv.compile(JSON.parse(files[path] ?? ''));
}

/** Zod does not mark properties as read-only; that is the only difference allowed. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

describe('the zod schema and the types', () => {
  it('have the same shape', () => {
    expectTypeOf<Plain<z.infer<typeof reportSchema>>>().toEqualTypeOf<Plain<ReportDocument>>();
  });
  it('name the same commands', () => {
    const commands = reportSchema.options.map(({ shape }) => shape.command.value);
    expect(documents.map(({ command }) => command).sort()).toEqual([...commands].sort());
  });
});

describe('the JSON Schemas', () => {
  it.each(Object.entries(files))(
    '%s is what the zod schemas say (node scripts/run.js scripts/generate-schema.ts)',
    (path, text) => {
      expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
    },
  );
});

describe('schema/report.schema.json', () => {
  const validate = validator('schema/report.schema.json');
  it.each(documents.map((document) => [document.command, document] as const))('accepts %s', (_, document) => {
    const printed: unknown = JSON.parse(renderJson(document));
    expect(validate(printed), ajv.errorsText(validate.errors)).toBe(true);
    expect(reportSchema.parse(printed)).toEqual(document);
  });
  it.each<[string, object]>([
    ['a field that it does not know', { ...audit, extra: 1 }],
    ['another version', { ...audit, schemaVersion: 2 }],
    ['another command', { ...audit, command: 'guess' }],
    ['a missing field', { ...audit, gaps: undefined }],
    ['a status that is none', { ...audit, gaps: audit.gaps.map((gap) => ({ ...gap, status: 'fine' })) }],
    [
      'a line before the first',
      { ...audit, gaps: [{ ...audit.gaps[0], findings: [{ ...audit.gaps[0]?.findings[0], line: 0 }] }] },
    ],
  ])('refuses %s', (_, document) => {
    const printed: unknown = JSON.parse(JSON.stringify(document));
    expect(validate(printed)).toBe(false);
    expect(reportSchema.safeParse(printed).success).toBe(false);
  });
});

describe('schema/config.schema.json', () => {
  const validate = validator('schema/config.schema.json');
  const waiver = { gap: 'GAP-A', reason: 'r', owner: 'o', expires: '2026-12-31' };
  it.each<[boolean, object]>([
    [true, {}],
    [
      true,
      { $schema: 'x', apps: ['web', '.', 'a/b..c'], options: { 'GAP-A': { any: [1] } }, waivers: [waiver] },
    ],
    [false, { wavers: [] }],
    [false, { apps: ['/etc'] }],
    [false, { apps: ['a/..'] }],
    [false, { options: { limits: {} } }],
    [false, { waivers: [{ ...waiver, expires: '2026-02-30' }] }],
    [false, { waivers: [{ ...waiver, reason: '' }] }],
  ])('says %s to %j, as the tool does', (valid, config) => {
    expect(validate(config)).toBe(valid);
    expect(configSchema.safeParse(config).success).toBe(valid);
  });
});
