import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { template } from '../../src/repo/templates.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { fixIn } from '../../test/harness/verbs.ts';
import { CLIENT, importsOf } from './apply/pages/client-files.ts';
import { ADDRESS_MAX, LINE_MAX } from './apply/pages/page-edit.ts';
import gap from './index.ts';

const AIMS = fileURLToPath(new URL('../../test/fixtures/aims/', import.meta.url));
const APP = 'frontend/app';
const SHELL = 'frontend/components/DashboardShell.tsx';
const SIGN_UP = `${APP}/(auth)/sign-up/page.tsx`;
const SIGN_IN = `${APP}/(auth)/sign-in/page.tsx`;
const SETTINGS = `${APP}/dashboard/settings/page.tsx`;
const LAYOUT = `${APP}/layout.tsx`;

const ALL: Tree = Object.fromEntries(
  readdirSync(AIMS, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(AIMS + path).isFile() && !/lock\.json$|node_modules/.test(path))
    .map((path) => [path, readFileSync(AIMS + path, 'utf8')]),
);

/** The whole sample with a provider of the session around its pages, as GAP-002 leaves it. */
const SAMPLE = changed(ALL, LAYOUT, (text) =>
  text
    .replace(/^import/, 'import Providers from "@/components/Providers";\nimport')
    .replace('{children}', '<Providers>{children}</Providers>'),
);

function changed(tree: Tree, path: string, change: (text: string) => string): Tree {
  const before = tree[path] ?? '';
  const after = change(before);
  if (after === before) throw new Error(`nothing changed in ${path}`);
  return { ...tree, [path]: after };
}

function fixOf(tree: Tree): Fix {
  const repo = createRepo(memorySource(tree));
  return fixIn(gap, repo);
}

/** A file as it is afterwards; undefined where nothing is written. */
function written(tree: Tree, path: string, fix = fixOf(tree)): string | undefined {
  const edit = fix.edits.find((each) => each.path === path);
  if (edit?.kind === 'splice') return applySpans(path, tree[path] ?? '', edit.spans);
  return edit?.kind === 'create' ? edit.text : undefined;
}

const steps = ({ manual = [] }: Fix) => manual.map(({ title }) => title).join('\n');

describe('what stands around the dashboard', () => {
  test('gets a way to sign out and a notice above the content', () => {
    expect(written(SAMPLE, SHELL)).toContain(`        <main className="flex-1 p-6">
          <div className="mb-4 flex flex-col items-end gap-2">
            <SignOutButton />
            <AccountNotice />
          </div>
          {children}
        </main>`);
  });

  test('a button that names the account has the one to sign out beside it', () => {
    const tree = changed(SAMPLE, SHELL, (text) =>
      text.replace(
        '<main ',
        '<button className="chip">\n          <span>My account</span>\n        </button>\n        <main ',
      ),
    );
    const text = written(tree, SHELL);
    expect(text).toContain('</button>\n        <SignOutButton />\n');
    expect(text).toContain('\n          <AccountNotice />\n          {children}\n');
    expect(text?.match(/<SignOutButton/g)).toHaveLength(1);
  });

  test.each([
    ['nothing provides the session', ALL],
    ['it has two main parts', changed(SAMPLE, SHELL, (text) => text.replace('<aside', '<main /><aside'))],
    [
      'its content is more than the page',
      changed(SAMPLE, SHELL, (text) => text.replace('{children}', '<p />{children}')),
    ],
  ])('is left to a person where %s', (_, tree) => {
    const fix = fixOf(tree);
    expect(written(tree, SHELL, fix)).toBeUndefined();
    expect(steps(fix)).toMatch(
      /In frontend\/components\/DashboardShell\.tsx, show a button that calls signOut/,
    );
  });

  test('is left alone where people can sign out already', () => {
    const tree = changed(SAMPLE, SHELL, (text) => `${text}\nexport const leave = () => signOut();\n`);
    const fix = fixOf(tree);
    expect(written(tree, SHELL, fix)).toBeUndefined();
    expect(steps(fix)).not.toMatch(/signOut/);
  });
});

describe('the gate of sign-up', () => {
  const GATE = `${APP}/(auth)/sign-up/layout.tsx`;

  test('stands around its page', () => {
    expect(written(SAMPLE, GATE)).toMatch(
      /<SignUpGate isOpen=\{isSignUpOpen\(\)\}>\{children\}<\/SignUpGate>/,
    );
  });

  test('is left to a person where there is a layout already', () => {
    const fix = fixOf({ ...SAMPLE, [GATE]: 'export default ({ children }) => children;\n' });
    expect(fix.edits.some(({ path }) => path === GATE)).toBe(false);
    expect(steps(fix)).toMatch(/sign-up\/layout\.tsx, put <SignUpGate/);
  });
});

describe('the sign-up page', () => {
  /** Holds its values in state, and asks for more than an account has columns for. */
  const stateful = changed(
    SAMPLE,
    SIGN_UP,
    () => `'use client';

import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { Countries } from '@/components/Countries';

export default function SignUp() {
  const router = useRouter();
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [companyName, setCompanyName] = useState('');
  const [businessType, setBusinessType] = useState('');
  const [country, setCountry] = useState(null);
  const submit = (event) => {
    event.preventDefault();
    if (country) {
      router.push('/onboarding/welcome');
    }
  };
  return (
    <div>
      <form onSubmit={submit}>
        <input value={firstName} onChange={(event) => setFirstName(event.target.value)} />
        <input value={lastName} onChange={(event) => setLastName(event.target.value)} />
        <input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        <input type="password" value={password} onChange={(event) => setPassword(event.target.value)} />
        <input value={companyName} onChange={(event) => setCompanyName(event.target.value)} />
        <select value={businessType} onChange={(event) => setBusinessType(event.target.value)} />
        <label>
          Your role
          <select>
            <option>Founder</option>
          </select>
        </label>
        <Countries value={country} onChange={setCountry} label="Country" />
        <p>{country.timezone}</p>
        <button type="submit" disabled={!country || email === ''}>
          Join now
        </button>
      </form>
    </div>
  );
}
`,
  );

  test('hands on what it holds in state, and stores the answers that an account has columns for', () => {
    expect(written(stateful, SIGN_UP)).toContain(`      signUp.create(
        {
          name: \`\${firstName} \${lastName}\`,
          email,
          password,
          workspaceName: companyName,
          industry: businessType,
          timezone: country.timezone,
        },
        () => router.push('/onboarding/identity'),
      );`);
  });

  test('asks carefully for what may not have been chosen', () => {
    const tree = changed(stateful, SIGN_UP, (text) => text.replace('if (country) {', 'if (email) {'));
    expect(written(tree, SIGN_UP)).toContain('timezone: country?.timezone,');
  });

  test('keeps the condition of its button, in parentheses where it is more than a name', () => {
    const text = written(stateful, SIGN_UP);
    expect(text).toContain("disabled={signUp.isPending || (!country || email === '')}");
    expect(text).toContain("{signUp.isPending ? 'Creating account…' : 'Join now'}");
  });

  test('a person is told of the answers that go nowhere', () => {
    expect(steps(fixOf(stateful))).toMatch(
      /store these answers or stop asking for them: Your role, Country$/m,
    );
  });

  test('fields without a state get one', () => {
    const text = written(SAMPLE, SIGN_UP);
    expect(text).toContain('const [email, setEmail] = useState("");');
    expect(text).toContain('value={email} onChange={(event) => setEmail(event.target.value)}');
    expect(text).toContain(
      'signUp.create({ name, email, password }, () => router.push("/onboarding/identity"));',
    );
    expect(text).toContain('minLength={PASSWORD_MIN}');
    expect(text).toContain('autoComplete="name" maxLength={100} name="name"');
  });

  test('a text that the account has a column for ends where the column does', () => {
    const text = written(stateful, SIGN_UP);
    expect(text).toContain('<input maxLength={100} value={companyName}');
    expect(text).not.toMatch(/maxLength[^>]*value=\{(firstName|lastName|email|password)\}/);
  });

  test.each([
    [
      'a field has a value of its own',
      (text: string) => text.replace('name="email"', 'name="email" defaultValue="x"'),
    ],
    [
      'a name of the state is taken',
      (text: string) => text.replace('const router', 'const setEmail = next;\n  const router'),
    ],
  ])('is left to a person where %s', (_, change) => {
    const tree = changed(SAMPLE, SIGN_UP, change);
    const fix = fixOf(tree);
    expect(written(tree, SIGN_UP, fix)).toBeUndefined();
    expect(steps(fix)).toMatch(/sign-up\/page\.tsx, hold what is typed in state/);
  });
});

describe('the page that confirms an address', () => {
  const CONFIRM = 'frontend/components/auth/ConfirmEmail.tsx';

  test('leads on to where sign-up led', () => {
    const text = written(SAMPLE, CONFIRM);
    expect(text).toContain('const WELCOME = "/onboarding/identity";');
    expect(text).toContain('const HOME = "/dashboard";');
  });

  test.each(['/nowhere', '/sign-in', 'https://elsewhere.example', '//elsewhere.example'])(
    'leads to the dashboard where sign-up led to %s',
    (to) => {
      const tree = changed(SAMPLE, SIGN_UP, (text) => text.replace('/onboarding/welcome', to));
      expect(written(tree, CONFIRM)).toContain('const WELCOME = "/dashboard";');
    },
  );
});

describe('the sign-in page', () => {
  test('says below its heading what a provider sent the person back with', () => {
    expect(written(SAMPLE, SIGN_IN)).toMatch(/<h1 .*>Sign in<\/h1>\n {6}<SignInError \/>\n/);
  });

  test('ties labels to fields, and names one that has none', () => {
    const text = written(SAMPLE, SIGN_IN);
    expect(text).toMatch(/<label htmlFor="email"[^>]*>Email<\/label>\n\s+<input type="email" id="email"/);
    expect(text).toMatch(/type="password" aria-label="Password"/);
  });

  test('a button of a design system keeps its look', () => {
    const tree = changed(SAMPLE, SIGN_IN, (text) =>
      text.replace(
        /<button className="([^"]*)">Sign In<\/button>/,
        '<Button className="$1">Sign In</Button>',
      ),
    );
    const text = written(tree, SIGN_IN);
    expect(text).toMatch(/<Button type="submit" className="[^"]*">Sign In<\/Button>/);
    expect(text).not.toContain('SubmitButton');
  });

  test.each([
    ['SignInForm', SIGN_IN],
    ['signUp', SIGN_UP],
    ['profile', SETTINGS],
  ])('no page is given a second %s', (name, path) => {
    const tree = changed(SAMPLE, path, (text) => `${text}\nconst ${name} = () => null;\n`);
    const fix = fixOf(tree);
    expect(written(tree, path, fix)).toBeUndefined();
    expect(fix.manual?.map(({ why }) => why).join()).toContain(`the name ${name} means something else in it`);
  });

  test('a provider that leads nowhere is disabled and says so', () => {
    const text = written(SAMPLE, SIGN_IN);
    expect(text).toMatch(
      /<button type="button" disabled className="[^"]*disabled:opacity-70">Telegram \(not available\)</,
    );
    const tile =
      '<button>\n            <svg />\n            <span className="s">Telegram</span>\n          </button>';
    const tree = changed(SAMPLE, SIGN_IN, (page) => page.replace(/<button[^>]*>Telegram<\/button>/, tile));
    expect(written(tree, SIGN_IN)).toContain(
      '<span className="s">Telegram</span>\n            <span className="s">Not available</span>\n          </button>',
    );
  });
});

describe('a button that cannot be pressed', () => {
  test('does not glow under the pointer', () => {
    const tree = changed(SAMPLE, SIGN_IN, (text) =>
      text.replace(
        /<button[^>]*>Telegram/,
        '<button className="flex hover:bg-white/10 md:hover:ring dark:enabled:hover:p-1 group-hover:p-2">Telegram',
      ),
    );
    expect(written(tree, SIGN_IN)).toContain(
      'className="flex enabled:hover:bg-white/10 md:enabled:hover:ring dark:enabled:hover:p-1 group-hover:p-2 disabled:cursor-not-allowed',
    );
  });

  test('looks like that while it waits, unless it has a look for it', () => {
    expect(written(SAMPLE, SETTINGS)).toMatch(
      /disabled=\{profile\.isPending\} [^>]*className="[^"]* disabled:cursor-wait disabled:opacity-60"/,
    );
    const tree = changed(SAMPLE, SETTINGS, (text) =>
      text.replace(/(<button [^>]*className=")/, '$1disabled:opacity-50 '),
    );
    expect(written(tree, SETTINGS)).not.toContain('disabled:cursor-wait');
  });
});

describe('the settings page', () => {
  test('its texts end where their columns do', () => {
    const text = written(SAMPLE, SETTINGS);
    expect(text).toContain('<input id="name" maxLength={100} className={field} {...profile.field(');
    expect(text).not.toMatch(/<input type="email"[^>]*maxLength/);
    expect(template('gap-004-user-database/frontend/lib/profile-rule.ts')).toContain(
      `LONGEST = ${LINE_MAX};`,
    );
    expect(template('gap-004-user-database/frontend/app/api/profile/route.ts')).toContain(
      `.max(${ADDRESS_MAX},`,
    );
  });

  test('stores only once the server has said yes', () => {
    expect(written(SAMPLE, SETTINGS)).toContain(
      'const handleSave = async () => {\n    if (!(await profile.save())) return;\n    setSaved(true);',
    );
  });

  test('a list of choices shows that nothing was chosen', () => {
    const tree = changed(SAMPLE, SETTINGS, (text) =>
      text.replace(
        '      <button onClick',
        '      <label>\n        Industry\n        <select className="s">\n          <option>SaaS</option>\n        </select>\n      </label>\n      <button onClick',
      ),
    );
    const text = written(tree, SETTINGS);
    expect(text).toContain(`<ProfileSelect {...profile.field('industry')} className="s">`);
    expect(text).toContain('</ProfileSelect>');
    expect(text).toContain("import ProfileSelect from '@/components/auth/ProfileSelect';");
  });
});

describe('the look of the new pages', () => {
  const LOOK = 'frontend/components/auth/look.ts';

  test('is that of their siblings', () => {
    const text = written(SAMPLE, LOOK);
    expect(text).toContain('HEADING = "text-2xl text-amber-100"');
    expect(text).toContain('BUTTON = "w-full rounded-lg bg-amber-400 py-3 font-semibold text-black"');
    expect(text).toContain('LINK = "text-sm text-amber-300/80 underline"');
  });

  test('passes over what siblings keep in an expression or write with quotes', () => {
    const page = `${APP}/(auth)/forgot-password/page.tsx`;
    const forgot = changed(SAMPLE, page, (text) =>
      text
        .replace('className="text-2xl text-amber-100"', 'className={heading}')
        .replace('w-full rounded-lg bg-amber-400', "bg-[url('x')]"),
    );
    const tree = changed(forgot, SIGN_UP, (text) => text.replace('text-2xl text-amber-100', 'text-3xl'));
    const text = written(tree, LOOK);
    expect(text).not.toContain('url(');
    expect(text).toContain('HEADING = "text-3xl"');
  });

  test('comes without the margins, which belong to a place', () => {
    const page = `${APP}/(auth)/forgot-password/page.tsx`;
    const tree = changed(SAMPLE, page, (text) =>
      text.replace('text-sm text-slate-400', 'mt-4 -mx-2 text-sm'),
    );
    expect(written(tree, LOOK)).toContain('TEXT = "text-sm"');
  });
});

test('every file that a page needs is on the list, and the confirmation page brings what recovery imports', () => {
  for (const file of CLIENT) expect(importsOf(file).every((each) => CLIENT.includes(each))).toBe(true);
  const paths = fixOf(SAMPLE).edits.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining(['frontend/components/auth/FormNotice.tsx', 'frontend/hooks/useLinkToken.ts']),
  );
});
