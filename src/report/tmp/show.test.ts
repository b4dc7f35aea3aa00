import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { createPaint } from '/work/main/src/report/colour.ts';
import { renderMarkdown } from '/work/main/src/report/markdown.ts';
import { documents } from '/work/main/src/report/testing/documents.ts';

it('x', async () => {
  const paint = await createPaint(process.env.C === '1');
  const columns = process.env.W ? Number(process.env.W) : undefined;
  writeFileSync(
    '/tmp/report-try/out.txt',
    documents.map((d) => `=== ${d.command}\n${renderMarkdown(d)}`).join('\n'),
  );
});
