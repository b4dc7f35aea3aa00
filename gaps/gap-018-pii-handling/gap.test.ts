import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const DOCUMENT =
  '# PII handling\n\nOf customers we hold the name and the e-mail address, in the table users. Stripe is handed both for payments, under the contract of 2025. Whoever wants a copy or to be deleted writes to privacy@example.org and is answered within thirty days.\n';

/** A shop that knows its customers and is paid through Stripe. */
function shop(more: Tree): Tree {
  return {
    'package.json': '{ "dependencies": { "express": "4.0.0", "stripe": "14.0.0" } }',
    'db/schema.sql': 'CREATE TABLE users (id INTEGER, email TEXT);\n',
    'src/pay.ts': "import Stripe from 'stripe';\nexport const stripe = new Stripe('key');\n",
    ...more,
  };
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'nothing is written down': { files: shop({}), open: ['no-document'], manual: true },
  'people sign in': {
    files: {
      'package.json': '{ "dependencies": { "next": "14.0.4", "next-auth": "4.24.0" } }',
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'app/api/auth/[...nextauth]/route.ts':
        "import NextAuth from 'next-auth';\nconst handler = NextAuth({ providers: [] });\nexport { handler as GET, handler as POST };\n",
    },
    open: ['no-document'],
    manual: true,
  },
  'somebody outside is not named': {
    files: shop({
      'docs/pii.md': DOCUMENT,
      'src/mail.ts': "export const send = () => fetch('https://api.resend.com/emails');\n",
    }),
    open: ['unnamed-processor'],
    manual: true,
  },
  'nobody can be forgotten': {
    files: shop({
      'docs/pii.md': DOCUMENT.replace(
        /Whoever.*/,
        'All of it lies on a server in this country, which two of us can reach, and the disk is encrypted.',
      ),
    }),
    open: ['no-rights'],
    manual: true,
  },
  'a model of Python holds addresses': {
    files: {
      'backend/app/models.py':
        'class UserBase(SQLModel):\n    email: EmailStr = Field(unique=True)\n\n\nclass User(UserBase, table=True):\n    id: int\n',
    },
    open: ['no-document'],
    manual: true,
  },
  // Looks closed.
  'the privacy page is filled with nothing': {
    files: shop({
      'content/pages/privacy.mdx': `---\ntitle: Privacy\n---\n\n${'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(5)}\n`,
    }),
    open: ['unfilled-document'],
    manual: true,
  },
  'a setting of the application is called privacy': {
    files: shop({
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'app/settings/privacy/page.tsx':
        'export default function Page() {\n  return <Toggle label="Hide my name" />;\n}\n',
    }),
    open: ['no-document'],
    manual: true,
  },
  'a form that nobody filled in': {
    files: shop({
      'PRIVACY.md':
        '# Privacy policy of [company]\n\n[your company] collects your name and [insert] and hands it to [name]. Write to [email] before [date]. Stripe: TBD. You may request that it be deleted by [contact]. Last changed on [date] by [name], see <your site> for the rest of it.\n',
    }),
    open: ['unfilled-document'],
    manual: true,
  },
  'a setting of the product is called privacy': {
    files: shop({ 'docs/features.md': '# Features\n\n## Privacy mode\n\nHides names.\n' }),
    open: ['no-document'],
    manual: true,
  },
  'the page is that of another front end': {
    files: {
      ...shop({}),
      'web/package.json': '{ "dependencies": { "next": "14.0.4" } }',
      'web/app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'other/package.json': '{ "dependencies": { "vite": "7.0.0" } }',
      'other/src/privacy-policy.tsx': `export const Page = () => <p>${DOCUMENT.slice(16).trim()} Privacy and personal data.</p>;\n`,
    },
    open: ['no-document'],
    manual: true,
  },
  'an audit asks for one': {
    files: shop({
      'docs/audit.md': [1, 2, 3, 4, 5]
        .map(
          (each) =>
            `## GAP-00${each}: PII handling\n\nThis gap: name, e-mail, Stripe; delete on request, within thirty days.\n`,
        )
        .join('\n'),
    }),
    open: ['no-document'],
    manual: true,
  },
  'a section of the rules for agents': {
    files: shop({ 'docs/RULES.md': `# Security rules for all agents\n\n#${DOCUMENT}` }),
    open: ['no-document'],
    manual: true,
  },
  'a task of a product requirements document': {
    files: shop({ 'docs/PRD-privacy.md': DOCUMENT, 'docs/editor.md': `# Editor\n\n#${DOCUMENT}` }),
    open: ['no-document'],
    manual: true,
  },
  'the document at its own path is not the fullest one': {
    files: shop({
      'docs/pii-handling.md': `# Handling

Of customers we hold the name and the e-mail address in the table users, and whoever asks is deleted within a month.
`,
      'PRIVACY.md': DOCUMENT,
    }),
    open: ['unnamed-processor'],
    manual: true,
  },
  'a store that it passes over': {
    files: shop({
      'docs/pii-handling.md': DOCUMENT,
      'infra/main.tf': 'resource "aws_elasticache_cluster" "sessions" {\n  engine = "redis"\n}\n',
    }),
    open: ['unspoken-store'],
    manual: true,
  },
  // Closed in its ways.
  'a document': { files: shop({ 'docs/pii-handling.md': DOCUMENT }), closed: true },
  'a section of another document': {
    files: shop({ 'SECURITY.md': `# Security\n\nReport to us.\n\n#${DOCUMENT}` }),
    closed: true,
  },
  'the privacy page of the site': {
    files: shop({
      'app/(site)/privacy-policy/page.tsx': `export default function Page() {\n  return <p>${DOCUMENT.slice(16).trim()} More on our privacy and personal data is said here, in plain words.</p>;\n}\n`,
    }),
    closed: true,
  },
  'a page that calls itself one': {
    files: shop({
      'app/policy/page.tsx': `export default function Page() {\n  return (\n    <main>\n      <h1>Privacy Policy</h1>\n      <p>${DOCUMENT.slice(16).trim()} This is all of the personal data that we hold.</p>\n    </main>\n  );\n}\n`,
    }),
    closed: true,
  },
  'a package that nothing imports hands nothing over': {
    files: shop({
      'docs/pii.md': DOCUMENT,
      'package.json': '{ "dependencies": { "stripe": "14.0.0", "resend": "4.0.0" } }',
    }),
    closed: true,
  },
  'the privacy page does not say in which store': {
    files: shop({
      'PRIVACY.md': DOCUMENT.replace('PII handling', 'Privacy policy'),
      'compose.yml': 'services:\n  cache:\n    image: redis:7\n',
    }),
    closed: true,
  },
  'hosts that a browser may load from, links, and types': {
    files: shop({
      'docs/pii.md': DOCUMENT,
      'package.json': '{ "dependencies": { "express": "4", "stripe": "14", "resend": "4" } }',
      'src/mail-types.ts': "import type { Resend } from 'resend';\nexport type Mail = Resend;\n",
      'src/middleware.ts': `const CSP = ["default-src 'self'", "connect-src 'self' https://api.openai.com"].join('; ');
const policy = \`connect-src 'self' https://api.groq.com; img-src *\`;
export const directives = { connectSrc: ["'self'", 'https://api.anthropic.com'], mediaSrc: ['https://api.elevenlabs.io'] };
const hosts = ['https://api.resend.com'];
export const more = \`connect-src \${hosts.join(' ')}\`;
export const isAllowed = (url: string) => /api.deepgram.com/.test(url);
`,
      'src/help.tsx': `export const Help = () => (
  <p>
    <a href="https://openrouter.ai/keys">Get a key</a> of openrouter.ai
  </p>
);
`,
    }),
    closed: true,
  },
  // Where it is said cannot be read.
  'the words of the privacy page are translations': {
    files: shop({
      'app/[locale]/privacy/page.tsx':
        "export default function Page() {\n  const t = useTranslations('privacy');\n  return <main>{t.rich('text')}</main>;\n}\n",
    }),
    unknown: true,
  },
  // Not there.
  'nobody is known': {
    files: { 'package.json': '{ "name": "lib" }', 'src/a.ts': 'export {};\n' },
    notApplicable: true,
  },
});
