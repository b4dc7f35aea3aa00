import { yamlText } from '../../../src/edit/yaml-block.ts';
import type { DescribedApi } from './described-api.ts';
import { inVersion31 } from './schema.ts';

/** The versions that a description can be written in. */
export type OpenApiVersion = '3.0' | '3.1';

/** What an API is called, and which of its versions is described. */
export interface ApiTitle {
  readonly name: string;
  readonly version: string;
  /** What holds for every operation. */
  readonly description?: string;
}

const HEAD = [
  ' Generated from the route handlers. Edits by hand are kept: add what a field means, examples, and limits.',
].join('\n');

/** A new description in YAML (spec.openapis.org/oas/v3.0.3). */
export function descriptionText(
  api: DescribedApi,
  { name, ...info }: ApiTitle,
  openapi: OpenApiVersion,
): string {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operation } of api.operations)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  const components = componentsOf(api);
  const document = {
    openapi: openapi === '3.1' ? '3.1.0' : '3.0.3',
    info: { title: name, ...info },
    servers: [{ url: '/' }],
    // Operations without a `security` of their own are open to everybody.
    security: [{}],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(Object.keys(components).length > 0 ? { components } : {}),
  };
  return yamlText(openapi === '3.1' ? inVersion31(document) : document, HEAD);
}

/** The parts that operations share. */
export function componentsOf({ schemas, securitySchemes }: DescribedApi): Readonly<Record<string, object>> {
  return {
    ...(Object.keys(schemas).length > 0 ? { schemas } : {}),
    ...(Object.keys(securitySchemes).length > 0 ? { securitySchemes } : {}),
  };
}
