import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const POLICY =
  '# Data retention\n\nOrders stand in SQLite and are kept for ten years, as the tax law asks. A job deletes what is older on the first of each month. Logs are rotated after 14 days.\n';

function keeps(more: Tree): Tree {
  return {
    'package.json': '{ "dependencies": { "express": "4.0.0", "better-sqlite3": "12.0.0" } }',
    'src/db.ts': "import Database from 'better-sqlite3';\nexport const db = new Database('a.db');\n",
    ...more,
  };
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'nothing is written down': { files: keeps({}), open: ['no-policy'], manual: true },
  'a policy without a time': {
    files: keeps({
      'docs/data-retention.md':
        '# Data retention\n\nWe keep data no longer than we need it and delete it afterwards, with care and in good order.\n',
    }),
    open: ['no-duration'],
    manual: true,
  },
  'a policy that lets nothing go': {
    files: keeps({
      'docs/data-retention.md':
        '# Data retention\n\nOrders in the database are kept for ten years, as the tax law of this country asks of us and of everybody.\n',
    }),
    open: ['no-deletion'],
    manual: true,
  },
  // Looks closed.
  'a form that nobody filled in': {
    files: keeps({
      'docs/data-retention.md':
        '# Data retention\n\nOrders are kept for TBD. Deleted by [name]. Logs: TBD. Contact: <email>\n',
    }),
    open: ['unfilled-policy'],
    manual: true,
  },
  'marketing retains customers': {
    files: keeps({
      'docs/growth.md':
        '# Customer retention\n\nA customer who stays for 30 days stays for a year; nothing is deleted from the funnel before 90 days are over.\n',
    }),
    open: ['no-policy'],
    manual: true,
  },
  'an audit asks for one': {
    files: keeps({
      'docs/audit.md': [1, 2, 3, 4, 5]
        .map(
          (each) =>
            `## GAP-00${each}: Data retention policy\n\nThis gap: keep logs for 14 days, delete them after.\n`,
        )
        .join('\n'),
    }),
    open: ['no-policy'],
    manual: true,
  },
  // Closed in its ways.
  'a policy': { files: keeps({ 'docs/data-retention.md': POLICY }), closed: true },
  'a section of another document': {
    files: keeps({ 'SECURITY.md': `# Security\n\nReport to us.\n\n#${POLICY}\n## Keys\n\nRotated.\n` }),
    closed: true,
  },
  'the privacy page of the site': {
    files: keeps({
      'app/privacy/page.tsx':
        'export default function Privacy() {\n  return <p>We retain your orders for ten years and delete them afterwards.</p>;\n}\n',
    }),
    closed: true,
  },
  'a store that it passes over': {
    files: keeps({
      'docs/data-retention.md': POLICY,
      'compose.yml': 'services:\n  cache:\n    image: redis:7\n',
    }),
    closed: true,
    notes: ['unspoken-store'],
  },
  // Not there.
  'nothing is kept': {
    files: { 'package.json': '{ "dependencies": { "next": "14.0.4" } }' },
    notApplicable: true,
  },
});
