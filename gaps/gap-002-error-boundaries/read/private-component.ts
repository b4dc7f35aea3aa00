import type { SourceModule } from '../../../src/contract.ts';

/** The component around an offset that its file alone can render: it is not exported. */
export function privateComponentAround(
  { text, program, exports }: SourceModule,
  at: number,
): string | undefined {
  const around = program.body.find(({ start, end }) => start <= at && at < end);
  const name =
    around &&
    /^(?:async\s+)?(?:function|const|let|class)\s+([A-Z]\w*)/.exec(text.slice(around.start, around.end))?.[1];
  const isExported = exports.some(({ entries }) => entries.some(({ localName }) => localName.name === name));
  return isExported ? undefined : name;
}
