import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit, documents, failure, finding, gap, verify } from '../testing/documents.ts';
import { withTexts } from '../testing/hostile.ts';
import { renderGithub } from './github.ts';
import { renderJunit } from './junit.ts';
import { renderSarif } from './sarif.ts';

const evil = fc
  .array(
    fc.constantFrom('<', '&', '"', "'", '\n', '\r', '\0', '\x1b', ']]>', '::', '%', ',', '\ud800', 'a'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));

/** Every document with texts that a repository might hold. */
function everyDocument(judge: (document: (typeof documents)[number]) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...documents), evil, (document, text) =>
      judge(withTexts(document, (own) => `${own}${text}`)),
    ),
  );
}

describe('SARIF', () => {
  it('shows an audit', async () => {
    await expect(renderSarif(audit)).toMatchFileSnapshot('../testing/audit.sarif');
  });
  it('names each rule once and each result by a rule', () => {
    const { runs } = JSON.parse(renderSarif(audit));
    const ids: readonly string[] = runs[0].tool.driver.rules.map(({ id }: { readonly id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId } of runs[0].results) expect(ids).toContain(ruleId);
  });
  it('writes paths as relative addresses', () => {
    const odd = { ...audit, gaps: [gap({ findings: [finding({ path: 'a b/[id]/c#d?e.ts' })] })] };
    expect(renderSarif(odd)).toContain('"uri": "a%20b/%5Bid%5D/c%23d%3Fe.ts"');
  });
  it('suppresses what a person accepted, and says who', () => {
    expect(renderSarif(audit)).toContain('"justification": "behind the firewall (ops, until 2026-12-31)"');
  });
  it('says that a run failed', () => {
    expect(JSON.parse(renderSarif(failure)).runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
    });
  });
  it('is JSON whatever a repository holds', () => {
    everyDocument((document) => {
      expect(() => JSON.parse(renderSarif(document))).not.toThrow();
    });
  });
});

describe('JUnit', () => {
  it('shows a verification, a case for each check', async () => {
    await expect(renderJunit(verify)).toMatchFileSnapshot('../testing/verify.junit.xml');
  });
  it('fails a gap that is open, with its findings, and skips what could not be judged', () => {
    const xml = renderJunit(audit);
    expect(xml).toContain('tests="7" failures="3" errors="0" skipped="2"');
    expect(xml).toContain('GET answers in production.</failure>');
  });
  it('holds nothing that XML does not allow, whatever a repository holds', () => {
    everyDocument((document) => {
      const xml = renderJunit(document);
      const texts = xml.replace(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>|^<\?xml [^>]*\?>/g, '');
      expect(texts).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos|#10);)/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
      expect(xml).not.toMatch(/[\0-\x08\x0b-\x1f]/);
    });
  });
});

describe('annotations of GitHub', () => {
  it('show an audit', () => {
    expect(renderGithub(audit).split('\n')).toEqual([
      '::error file=frontend/app/api/test/route.ts,line=12,col=3,title=GAP-A Remove debug endpoints::GET answers in production.',
      '::error file=frontend/app/dashboard/error.tsx,title=GAP-B Add error boundaries::No error boundary covers the dashboard.',
      '',
    ]);
  });
  it('keep to ten of a kind, and count the rest', () => {
    const many = Array.from({ length: 25 }, (_, index) => finding({ line: index + 1 }));
    const document = { ...audit, gaps: [gap({ findings: many }), gap({ priority: 'P3' })] };
    const lines = renderGithub(document).trim().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines).toContain('::error title=aims-fix::16 more findings: see the summary of this job');
    expect(lines.at(-1)).toMatch(/^::notice /);
  });
  it('start no command of their own, whatever a repository holds', () => {
    everyDocument((document) => {
      for (const line of renderGithub(document).split('\n'))
        expect(line).toMatch(/^$|^::(error|warning|notice) ?[^:]*::[^\r\n]*$/);
    });
  });
});
