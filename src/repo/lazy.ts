import type * as Diff from 'diff';
import type * as Dockerfile from 'dockerfile-ast';
import type * as Jsonc from 'jsonc-parser';
import type * as Oxc from 'oxc-parser';
import type * as TsMorph from 'ts-morph';
import type * as Yaml from 'yaml';
import { once } from './once.ts';

/**
 * Parsers cost more to load than most repositories cost to read (ts-morph: eight bare Node starts), so each is loaded
 * at its first use. By `require`, which keeps detect and apply synchronous, and which the bundler follows.
 */
export const lazy = {
  diff: once((): typeof Diff => require('diff')),
  dockerfile: once((): typeof Dockerfile => require('dockerfile-ast')),
  jsonc: once((): typeof Jsonc => require('jsonc-parser')),
  oxc: once((): typeof Oxc => require('oxc-parser')),
  tsMorph: once((): typeof TsMorph => require('ts-morph')),
  yaml: once((): typeof Yaml => require('yaml')),
};
