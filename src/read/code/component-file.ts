import type { SourceModule } from '../../repo/repo.ts';

/** A directive is one in the prologue alone: before every statement, whatever comments stand above it. */
export function isClient({ text, program }: SourceModule): boolean {
  return (
    text.includes('use client') &&
    program.body.some((statement) => 'directive' in statement && statement.directive === 'use client')
  );
}

/** Whether a module exports a value as its default, written there or handed on from elsewhere. */
export function hasDefaultExport({ exports }: SourceModule): boolean {
  return exports.some(({ entries }) =>
    entries.some(
      ({ exportName, isType }) => !isType && (exportName.kind === 'Default' || exportName.name === 'default'),
    ),
  );
}
