import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const RECORD =
  '# 1. Keep orders in SQLite\n\n## Status\n\nAccepted\n\n## Context\n\nOne server.\n\n## Decision\n\nWe keep orders in SQLite.\n\n## Consequences\n\nOne writer.\n';
const MADR =
  '# Keep orders in SQLite\n\n## Considered Options\n\n* SQLite\n\n## Decision Outcome\n\nChosen option: SQLite, because there is one server.\n';

function code(more: Tree): Tree {
  return { 'src/index.ts': 'export {};\n', ...more };
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'nothing is recorded': {
    files: code({ 'docs/architecture.md': '# Architecture\n\nWe use SQLite.\n' }),
    open: ['no-records'],
    manual: true,
  },
  // Looks closed.
  'there is a form and no record': {
    files: code({
      'docs/adr/template.md': '# Title\n\n## Decision\n\n{what}\n',
      'docs/adr/README.md': '# Records\n',
    }),
    open: ['only-template'],
    manual: true,
  },
  'a record without its decision': {
    files: code({ 'docs/adr/0001-orders.md': RECORD.replace('We keep orders in SQLite.', 'TBD') }),
    open: ['no-decision'],
    manual: true,
  },
  'decisions are spoken of, and none is taken': {
    files: code({
      'docs/process.md':
        '# Process\n\n## Decision\n\nEvery decision is taken on Monday, in the meeting of the team.\n\n## Design decisions\n\nSee the board of the team for them.\n',
    }),
    open: ['no-records'],
    manual: true,
  },
  'decisions are a feature of the product': {
    files: code({ 'src/decisions/help.md': RECORD, 'app/decisions/page.mdx': RECORD }),
    open: ['no-records'],
    manual: true,
  },
  // Closed in its ways.
  'a record as Nygard writes it': { files: code({ 'docs/adr/0001-orders.md': RECORD }), closed: true },
  'a record as MADR has it': { files: code({ 'docs/decisions/0001-orders.md': MADR }), closed: true },
  'another folder is named': {
    files: code({ '.adr-dir': 'notes/why\n', 'notes/why/0001-orders.md': RECORD }),
    closed: true,
  },
  'the file is named as one': { files: code({ 'docs/ADR-001-orders.md': RECORD }), closed: true },
  'one log for all': {
    files: code({
      'DECISIONS.md': '# Decisions\n\n## Orders\n\nWe keep orders in SQLite since there is one server.\n',
    }),
    closed: true,
  },
  'a record in a folder of another name': {
    files: code({ 'docs/architecture/0001-orders.md': RECORD }),
    closed: true,
  },
  'a section of a document says why': {
    files: code({
      'docs/orders.md':
        '# Orders\n\n## Key design decisions\n\n### Why SQLite?\n\nWe chose it because there is one server.\n\n### Why no queue?\n\nAn order is written at once, so that nobody waits.\n',
    }),
    closed: true,
  },
  'in one sentence': {
    files: code({
      'docs/adr/orders.md':
        '# Orders\n\nIn the context of one server, we decided to keep orders in SQLite.\n',
    }),
    closed: true,
  },
  // Not there.
  'examples that have nothing to do with each other': {
    files: {
      'example-1/src/index.ts': 'export {};\n',
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((each) => [
          `example-${each}/compose.yml`,
          'services:\n  db:\n    image: postgres:16\n',
        ]),
      ),
    },
    notApplicable: true,
  },
  'words only': { files: { 'README.md': '# Notes\n' }, notApplicable: true },
});
