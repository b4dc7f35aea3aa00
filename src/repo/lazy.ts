import { createRequire } from 'node:module';
import type * as Diff from 'diff';
import type * as Dockerfile from 'dockerfile-ast';
import type * as Jsonc from 'jsonc-parser';
import type * as Oxc from 'oxc-parser';
import type * as TsMorph from 'ts-morph';
import type * as Yaml from 'yaml';
import { once } from './once.ts';

/**
 * Parsers cost more to load than most repositories cost to read (ts-morph: eight bare Node starts), so each is
 * loaded at its first use, once: in one script each `require` makes the object of what a module exports anew. They are
 * CommonJS-loadable, which keeps detect and apply synchronous.
 */
const load = createRequire(import.meta.url);

export const lazy = {
  diff: once((): typeof Diff => load('diff')),
  dockerfile: once((): typeof Dockerfile => load('dockerfile-ast')),
  jsonc: once((): typeof Jsonc => load('jsonc-parser')),
  oxc: once((): typeof Oxc => load('oxc-parser')),
  /** The parser without its wrapper, which converts every comment and the whole tree before anybody asks. */
  oxcNative: once((): OxcNative => load('oxc-parser/src-js/bindings.js')),
  oxcTree: once((): OxcTree => load('oxc-parser/src-js/wrap.js')),
  tsMorph: once((): typeof TsMorph => load('ts-morph')),
  yaml: once((): typeof Yaml => load('yaml')),
};

interface OxcNative {
  /** Each getter of the result converts its part, once. */
  parseSync(
    path: string,
    text: string,
    options: Oxc.ParserOptions,
  ): Pick<Oxc.ParseResult, 'errors' | 'module'> & { readonly program: string };
}

interface OxcTree {
  jsonParseAst(json: string): Oxc.Program;
}
