import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { createPaint } from '/work/main/src/report/colour.ts';
import { documents } from '/work/main/src/report/testing/documents.ts';
import { renderMarkdown } from '/work/main/src/report/markdown.ts';

it('x', async () => {
  const paint = await createPaint(process.env.C === '1');
  const columns = process.env.W ? Number(process.env.W) : undefined;
  writeFileSync(
    '/tmp/report-try/out.txt',
    documents
      .map((d) => `=== ${d.command}\n${renderText(d, { paint, columns, quiet: process.env.Q === '1' })}`)
      .join('\n'),
  );
});
