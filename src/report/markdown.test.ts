import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it } from 'vitest';
import { code, diffFence, prose } from './markdown/escape.ts';
import { renderMarkdown } from './markdown.ts';
import { audit, documents, gap, plan, planned } from './testing/documents.ts';
import { withTexts } from './testing/hostile.ts';

function parse(markdown: string): Nodes {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/** Every node in reading order. */
function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap((child: Nodes) => nodesOf(child))] : [node];
}

/** The structure without the prose. */
function skeletonOf(markdown: string): readonly string[] {
  return nodesOf(parse(markdown))
    .map(({ type }) => type)
    .filter((type) => type !== 'text');
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child: Nodes) => textOf(child)).join('') : '';
}

const EVIL = [
  'a | b',
  '| --- |',
  '`',
  '``` ` ```',
  '<script>alert(1)</script>',
  '<!-- -->',
  '[link](http://evil)',
  '![image](x)',
  '**bold** _em_ ~~s~~',
  '&lt;b&gt;',
  'a\n\n# heading',
  'a\n- item',
  '\\',
  '\\|',
  '$x$',
];

describe('renderMarkdown', () => {
  it.each(documents.map((document) => [document.command, document] as const))(
    'shows %s',
    async (command, document) => {
      await expect(renderMarkdown(document)).toMatchFileSnapshot(`testing/${command}.md`);
    },
  );
  it.each(EVIL)('has the same structure when a repository says %j', (evil) => {
    for (const document of documents) {
      const benign = renderMarkdown(withTexts(document, (text) => `${text}x`));
      const hostile = renderMarkdown(withTexts(document, (text) => `${text}${evil}`));
      expect(skeletonOf(hostile)).toEqual(skeletonOf(benign));
    }
  });
  it('shows what was said, letter by letter', () => {
    const title = 'A | b `c` <d> *e* [f](g) \\ & \\| _h_';
    const tree = parse(renderMarkdown({ ...audit, gaps: [gap({ title })] }));
    const nodes = nodesOf(tree);
    const heading = nodes.find((node) => node.type === 'heading' && node.depth === 2);
    expect(heading && textOf(heading)).toBe(`GAP-A: ${title}`);
    const row = nodes.filter(({ type }) => type === 'tableRow')[1];
    expect(row && 'children' in row && row.children.map((cell) => textOf(cell))[2]).toBe(title);
  });
  it('keeps a diff whole, whatever fences it holds', () => {
    const file = { path: 'a.md', before: '', after: '```sh\nx\n```\n`````\n<b>\n' };
    const document = { ...plan, gaps: [planned(gap(), [file])] };
    const blocks = nodesOf(parse(renderMarkdown(document))).filter(({ type }) => type === 'code');
    expect(blocks.map(textOf)).toEqual([document.gaps[0]?.diff.trimEnd()]);
  });
});

describe('code', () => {
  it.each(['a', 'a`b', '``', '`a`', ' a ', 'a|b', '[...slug]', '(auth)', '\\'])(
    'shows %j as it is',
    (text) => {
      const nodes = nodesOf(parse(`x ${code(text)} y`)).filter(({ type }) => type === 'inlineCode');
      expect(nodes.map(textOf)).toEqual([text]);
    },
  );
  it('is never a broken span when there is nothing to show', () => {
    expect(nodesOf(parse(`x ${code('')} y`)).some(({ type }) => type === 'inlineCode')).toBe(true);
  });
});

describe('prose and diffFence', () => {
  it('obey no control character', () => {
    expect(prose('a\x1b[1m\nb')).toBe('a\\\\x1b\\[1m\\\\nb');
    expect(diffFence('+\x1b[1m\r\n')).toEqual(['```diff', '+\\x1b[1m', '```']);
  });
});
