import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTranscript, hide, secretValues, writeEvidence } from './evidence.ts';

const dir = mkdtempSync(join(tmpdir(), 'aims-fix-evidence-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a page for each gap says what was asked and answered, without secrets and machine paths', async () => {
  const transcript = createTranscript();
  transcript.note('GET /a', '200 in 4 ms');
  await writeEvidence(dir, {
    facts: [['Level', 'live']],
    hidden: [
      ['s3cret', '<secret>'],
      ['/home/me/aims', '<root>'],
    ],
    folders: [
      {
        name: 'GAP-A',
        title: 'A gap',
        checks: [
          {
            result: {
              title: 'It holds',
              level: 'live',
              milliseconds: 1234,
              result: { verdict: 'fail', reason: 'it does not, see /home/me/aims/x' },
            },
            transcript,
            log: 'listening\npassword s3cret ``` \n',
          },
        ],
      },
    ],
  });
  expect(readFileSync(join(dir, 'README.md'), 'utf8')).toContain(
    '| [GAP-A](GAP-A/README.md) | A gap | 0 | 1 | 0 |',
  );
  expect(readFileSync(join(dir, 'GAP-A/README.md'), 'utf8')).toMatchInlineSnapshot(`
    "# GAP-A: A gap

    ## FAIL: It holds

    Level live, 1.2 s.

    **it does not, see <root>/x**

    \`\`\`text
    GET /a -> 200 in 4 ms
    \`\`\`

    What the app wrote:

    \`\`\`text
    listening
    password <secret> '''
    \`\`\`
    "
  `);
});

test('the values of secret variables do not leave, and terminal escapes are shown', () => {
  const hidden = secretValues({
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    GITHUB_TOKEN: 'ghp_0123456789',
    PGPASSWORD: 'hunter2hunter2',
    PATH: '/usr/local/bin',
    KEYBOARD: 'qwertyuiop',
  });
  const text = hide(
    'T=wJalrXUtnFEMI ghp_0123456789\n\u001b]0;title\u0007 hunter2hunter2 /usr/local/bin qwertyuiop',
    hidden,
  );
  expect(text).toBe('T=<secret> <secret>\n\\x1b]0;title\\x07 <secret> /usr/local/bin qwertyuiop');
});
