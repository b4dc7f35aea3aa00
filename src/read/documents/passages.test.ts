import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { documentsInForce, type Headings, passagesOn } from './passages.ts';

const SUBJECT = { path: 'docs/orders.md', about: /orders/i };
const ORDERS = /^orders/i;

function passages(files: Readonly<Record<string, string>>, headings: Partial<Headings> = {}) {
  const repo = createRepo(memorySource(files));
  return passagesOn(repo, SUBJECT, { whole: ORDERS, section: ORDERS, ...headings });
}

test('the document where the runbook asks for it comes first and whole, whatever it is called', () => {
  const found = passages({
    'a/orders.md': '# Orders\n\nKept in SQLite.\n',
    'docs/orders.md': '# Plan: what we sell\n',
  });
  expect(found.map(({ path, isOwn }) => [path, isOwn])).toEqual([
    ['docs/orders.md', true],
    ['a/orders.md', false],
  ]);
});

test('a document about something else has a section about it, with the place of its words', () => {
  const text = '# Architecture\n\nOrders and more.\n\n## Orders\n\nKept in SQLite.\n';
  const [found, ...more] = passages({ 'docs/architecture.md': text });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ title: 'Orders', at: text.indexOf('## Orders'), isOwn: false });
  expect(text.slice(found?.from)).toBe(found?.text);
});

test('sections count within the documents that are named', () => {
  const files = {
    'docs/security.md': '# Security\n\n## Orders\n\nKept.\n',
    'docs/sales.md': '# Sales\n\n## Orders\n\nMany.\n',
  };
  const found = passages(files, { within: /security/i });
  expect(found.map(({ path }) => path)).toEqual(['docs/security.md']);
});

test('what does not hold says nothing, and neither does an example', () => {
  const repo = createRepo(
    memorySource({
      'README.md': '# Orders\n',
      'docs/STATUS_REPORT.md': '# Orders\n',
      'docs/examples/orders.md': '# Orders\n',
      'docs/orders.txt': 'User: where are orders kept?\n\nAssistant: in SQLite.\n',
    }),
  );
  expect(documentsInForce(repo, /orders/i).map(({ path }) => path)).toEqual(['README.md']);
});
