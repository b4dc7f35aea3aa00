import { z } from 'zod';
import { configSchema } from '../src/cli/config-schema.ts';
import { reportSchema } from '../src/report/schema.ts';

/** The JSON Schemas that ship with the package, by path. */
export function schemaFiles(): Readonly<Record<string, string>> {
  return {
    'schema/report.schema.json': schemaText('aims-fix report', reportSchema, 'output'),
    'schema/config.schema.json': schemaText('aims-fix configuration', configSchema, 'input'),
  };
}

function schemaText(title: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const json = z.toJSONSchema(schema.meta({ title }), {
    io,
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
  return `${JSON.stringify(json, null, 2)}\n`;
}
