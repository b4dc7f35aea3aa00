import type { NextApp, Repo } from '../../../src/contract.ts';
import { escaped } from '../../../src/repo/escaped.ts';

/** A file of the app as it must not be. */
export interface Mutant {
  /** What the broken app does, as in "accepts any password". */
  readonly how: string;
  readonly files: readonly { readonly path: string; readonly mutate: (text: string) => string }[];
}

/** A change of code that is known by its content, wherever it stands. */
interface Change {
  readonly find: RegExp;
  /** What else its file holds, where the code alone could be anybody's. */
  readonly near?: string;
  readonly by: string;
}

/** What decides who comes in, as whom, and what leaves; taken out, a test has to fail. */
interface Rule {
  readonly how: string;
  readonly changes: readonly Change[];
}

const RULES: readonly Rule[] = [
  {
    how: 'accepts any password',
    changes: [{ find: /await verifyPassword\(user, [\w.]+\)/, near: 'verifyCredentials', by: 'true' }],
  },
  {
    how: 'lets people guess forever',
    changes: [{ find: /const usedUp = takeAttempts\(\w+\)/, by: 'const usedUp = takeAttempts([])' }],
  },
  {
    how: 'keeps sessions that are older than the password',
    changes: [{ find: /token\.passwordId !== (?:\w+\.)?passwordId/, by: 'false' }],
  },
  {
    how: 'ends every session while the database is away',
    changes: [{ find: /return ['"]unavailable['"];/, near: 'tokenOfRow', by: "return 'nobody';" }],
  },
  {
    how: "makes every session an owner's",
    changes: [
      {
        find: /token\.role === ['"]OWNER['"] \? ['"]OWNER['"] : ['"]USER['"]/,
        near: 'sessionOfToken',
        by: "'OWNER'",
      },
    ],
  },
  {
    how: 'makes owners of addresses that are not confirmed',
    changes: [{ find: /(?<!\w)\w+\.emailVerifiedAt(?: !== null)? && (?=isOwner\()/, by: '' }],
  },
  {
    how: 'shows a user for an address that is not confirmed',
    changes: [{ find: /(?<!\w)\w+\.isEmailVerified !== true/, by: 'false' }],
  },
  {
    how: 'believes Google without a verified address',
    changes: [{ find: /profile\.email_verified === true/, by: 'true' }],
  },
  {
    how: "keeps a squatter's password when Google proves the address",
    changes: [{ find: /!known\?\.emailVerifiedAt/, by: '!known' }],
  },
  {
    how: 'lets strangers sign up while that is closed',
    changes: [{ find: /if \(!isSignUpOpen\(\)\)/, by: 'if (false)' }],
  },
  {
    how: "gives an owner's address to any setup token",
    changes: [{ find: /return timingSafeEqual\(digest\(token\), digest\(expected\)\)/, by: 'return true' }],
  },
  {
    how: 'lets a profile change its role',
    changes: [
      {
        find: /(?<=\n {2}|\n\t)\.partial\(\)/,
        near: 'updateProfile(',
        by: '.partial().extend({ role: z.any() })',
      },
      {
        find: /export function updateProfile\([^)]{0,500}\)[^{]{0,500}\{/,
        by: `$&
  if ('role' in changes) getDb().prepare('UPDATE users SET role = ? WHERE id = ?').run(changes.role, userId);`,
      },
    ],
  },
  ...['email_confirmations', 'password_resets'].flatMap(tokenRules),
  {
    how: 'confirms an address for whoever holds the link',
    changes: [{ find: /\bowner !== userId\b/, near: 'email_confirmations', by: 'false' }],
  },
  {
    how: 'sends reports as they are',
    changes: [{ find: /\bbeforeSend: \w+/, near: 'trackingOptions', by: 'beforeSend: (event) => event' }],
  },
  {
    how: 'leaves secrets in the texts of a report',
    changes: [{ find: /export function scrubText\(text: string\): string \{/, by: '$&\n  return text;' }],
  },
];

/** A token of a mailed link, as its table is asked for it. */
function tokenRules(table: string): readonly Rule[] {
  const asked = (condition: string) =>
    new RegExp(`(?<=\\b${escaped(table)} WHERE [^'"\`]{0,300})${escaped(condition)}`, 'g');
  return [
    {
      how: `accepts any token of ${table}`,
      changes: [{ find: asked('token_hash = ?'), by: '(token_hash = ? OR 1)' }],
    },
    {
      how: `accepts tokens of ${table} forever`,
      changes: [{ find: asked('expires_at > ?'), by: '(expires_at > ? OR 1)' }],
    },
    {
      how: `accepts a token of ${table} twice`,
      changes: [
        {
          find: new RegExp(`(?<=DELETE FROM ${escaped(table)} WHERE user_id = \\?)(?=['"\`])`),
          by: ' AND 0',
        },
      ],
    },
  ];
}

/** The rules that an app has, broken; and of the others, how it would have been. */
export interface BrokenRules {
  readonly mutants: readonly Mutant[];
  readonly absent: readonly string[];
}

/** Looks through the code of an app for the rules that are known. */
export function brokenRules(repo: Repo, app: NextApp): BrokenRules {
  const code = app.files.filter((path) => /\.tsx?$/.test(path) && !/(^|\/)__tests__\/|\.test\./.test(path));
  const broken = RULES.map(({ how, changes }) => ({
    how,
    files: changes.flatMap((change) => fileWith(repo, code, change)),
    parts: changes.length,
  }));
  return {
    mutants: broken.filter(({ files, parts }) => files.length === parts),
    absent: broken.filter(({ files, parts }) => files.length < parts).map(({ how }) => how),
  };
}

function fileWith(repo: Repo, code: readonly string[], { find, near = '', by }: Change): Mutant['files'] {
  const once = new RegExp(find.source);
  const path = code.find((each) => repo.mentions(each, near) && repo.mentions(each, once));
  return path === undefined ? [] : [{ path, mutate: (text) => text.replace(find, by) }];
}
