import type { Program, StaticExport, StaticImport } from 'oxc-parser';
import { SourceError } from '../errors.ts';
import { lazy } from './lazy.ts';
import { once } from './once.ts';
import { positionAt } from './text.ts';

/** A parsed JavaScript or TypeScript file. Offsets count UTF-16 units of `repo.text(path)`. */
export interface SourceModule {
  readonly path: string;
  readonly text: string;
  /** Import statements; known without building the tree, so cheaper than `program`. */
  readonly imports: readonly StaticImport[];
  readonly exports: readonly StaticExport[];
  /** The ESTree; built at the first access, which is most of a parse's cost. */
  readonly program: Program;
}

/** Parses a module. Throws SourceError with the position when it does not parse. */
export function parseModule(path: string, text: string): SourceModule {
  const lang =
    path.endsWith('.ts') || path.endsWith('.mts') || path.endsWith('.cts')
      ? 'ts'
      : path.endsWith('.tsx')
        ? 'tsx'
        : 'jsx';
  const result = lazy.oxcNative().parseSync(path, text, { lang, preserveParens: false });
  const error = result.errors.find((candidate) => candidate.severity === 'Error');
  if (error) {
    const offset = error.labels[0]?.start ?? 0;
    throw new SourceError(path, error.message, positionAt(text, offset));
  }
  const statements = once(() => result.module);
  const program = once(() => lazy.oxcTree().jsonParseAst(result.program));
  return {
    path,
    text,
    get imports() {
      return statements().staticImports;
    },
    get exports() {
      return statements().staticExports;
    },
    get program() {
      return program();
    },
  };
}
