import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';
import { OPEN, SAMPLE, sampleWith, WIRED } from './testing/sample.ts';

testGap(gap, import.meta.url, {
  'the sample keeps nobody': { files: SAMPLE, open: OPEN },
  'an app under src writes double quotes, four blanks and controlled fields': {
    fixture: 'under-src',
    open: OPEN.filter((code) => code !== 'blank-environment'),
  },
  'sign-in asks the database and the forms are inert still': {
    files: WIRED,
    open: ['inert-form', 'inert-form', 'inert-form'],
  },
  'the callbacks do more than they have to': {
    files: sampleWith('frontend/lib/auth.ts', (text) =>
      text.replace('if (!user) return token;', 'if (!user) return withPlan(token);'),
    ),
    open: OPEN,
    manual: true,
  },
  'somebody has begun on a database': {
    files: { ...SAMPLE, 'frontend/lib/db/index.ts': 'export const db = undefined;\n' },
    open: OPEN,
    manual: true,
  },
  'sign-in stands in a form with a handler of its own': {
    files: sampleWith('frontend/app/(auth)/sign-in/page.tsx', (text) =>
      text
        .replace('<div className="space-y-4">', '<form className="space-y-4">')
        .replace('</div>\n      )}\n\n      <p', '</form>\n      )}\n\n      <p'),
    ),
    open: OPEN,
    manual: true,
  },
  'sign-up goes on in more than one way': {
    files: sampleWith('frontend/app/(auth)/sign-up/page.tsx', (text) =>
      text.replace(
        'router.push("/onboarding/welcome");',
        'if (step) router.push("/a");\n    else router.push("/b");',
      ),
    ),
    open: OPEN,
    manual: true,
  },
  'settings take their values from a state': {
    files: sampleWith('frontend/app/dashboard/settings/page.tsx', (text) =>
      text.replace('defaultValue="Ada"', 'value={name} onChange={(event) => setName(event.target.value)}'),
    ),
    open: OPEN,
    manual: true,
  },
  'another provider lets people in too': {
    files: sampleWith('frontend/lib/auth.ts', (text) =>
      text.replace('next-auth/providers/google', 'next-auth/providers/github'),
    ),
    open: OPEN,
    manual: true,
  },
});

/** What the users' part does: the stack's environment has tests of its own. */
function fixOf(tree: Tree): Fix {
  const repo = createRepo(memorySource(tree));
  const wanted = findingsIn(gap, repo).filter(({ code }) => code !== 'blank-environment');
  return fixIn(gap, repo, wanted);
}

/** What an edit puts into a file. */
function added(fix: Fix, path: string): string | undefined {
  const edit = fix.edits.find((each) => each.path === path);
  if (edit?.kind === 'splice') return edit.spans.map(({ text }) => text).join('');
  return edit?.kind === 'create' ? edit.text : undefined;
}

const steps = ({ manual = [] }: Fix) => manual.map(({ title }) => title).join('\n');

describe('what a person is left with', () => {
  test('the owner is told the way in, the deployment where nothing stays', () => {
    const titles = steps(fixOf(SAMPLE));
    expect(titles).toMatch(/OWNER_SETUP_TOKEN in infra\/\.env\.production .*sign-up#setup-token=/);
    expect(titles).toMatch(/cloudbuild\.yaml deploys to Cloud Run.*every session, Google's too, ends/);
    expect(titles).not.toMatch(/push to main/);
    expect(steps(fixOf({ ...SAMPLE, 'cloudbuild.yaml': 'steps: []\n' }))).not.toMatch(/Cloud Run/);
  });

  test('other hosts without a disk are named, and a push that deploys by itself', () => {
    const pushed = sampleWith('cloudbuild.yaml', (text) => `# Triggers: Push to main branch\n${text}`);
    expect(steps(fixOf(pushed))).toMatch(/a push to main deploys by itself/);
    const hosts = steps(fixOf({ ...SAMPLE, 'frontend/vercel.json': '{}', 'fly.toml': 'app = "web"\n' }));
    expect(hosts).toMatch(/on Vercel as frontend\/vercel\.json does.*cannot write \.\/data/);
    expect(hosts).toMatch(/Where fly\.toml puts the app on Fly\.io, mount a volume/);
    expect(steps(fixOf({ ...SAMPLE, 'other/vercel.json': '{}' }))).not.toMatch(/Vercel/);
  });

  test('a setting without effect is named', () => {
    const tree = sampleWith('frontend/app/dashboard/settings/page.tsx', (text) =>
      text.replace(
        '      <button onClick',
        '      <label>Theme <select /></label>\n      <div><p>Lock after</p><select /></div>\n      <input />\n      <button onClick',
      ),
    );
    expect(steps(fixOf(tree))).toMatch(/does not store them: Theme, Lock after, a <input> without a label$/m);
  });
});

test('labels and fields side by side belong together in their order', () => {
  const page = 'frontend/app/dashboard/settings/page.tsx';
  const tree = sampleWith(page, (text) =>
    text.replaceAll('      <div>\n', '').replaceAll('/>\n      </div>\n', '/>\n'),
  );
  expect(added(fixOf(tree), page)).toMatch(
    /profile\.field\('name'\)[\s\S]*value=\{profile\.email\} readOnly/,
  );
});

describe('an app of another shape', () => {
  test('keeps its hands free where users are kept elsewhere', () => {
    const prisma = `import { prisma } from '@prisma/client';\nexport const find = () => prisma.user.findUnique({});\n`;
    const tree = sampleWith('frontend/lib/auth.ts', (text) => `import '../prisma';\n${text}`);
    const fix = fixOf({ ...tree, 'frontend/prisma.ts': prisma });
    expect(fix.edits).toEqual([]);
    expect(steps(fix)).toMatch(/Compare the password/);
  });

  test('gets the library and exact words for a file of callbacks that do more; its pages wait', () => {
    const fix = fixOf(
      sampleWith('frontend/lib/auth.ts', (text) =>
        text.replace('if (!user) return token;', 'if (!user) return withPlan(token);'),
      ),
    );
    const paths = fix.edits.map(({ path }) => path);
    expect(paths).toContain('frontend/lib/db/users.ts');
    expect(paths.filter((path) => /auth\.ts$|sign-\w+\/page\.tsx$|settings/.test(path))).toEqual([]);
    expect(steps(fix)).toMatch(/In frontend\/lib\/auth\.ts, import .* from '@\/lib\/auth-users'/);
  });

  test('is not half done where somebody has begun', () => {
    const fix = fixOf({ ...SAMPLE, 'frontend/lib/db/index.ts': 'export const db = undefined;\n' });
    expect(fix.edits).toEqual([]);
    expect(steps(fix)).toMatch(/^Look at frontend\/lib\/db\/index\.ts/);
  });

  test('a Google button stays as it is where nobody comes in from Google', () => {
    const tree = sampleWith('frontend/lib/auth.ts', (text) =>
      text
        .replace(/import Google.*\n/, '')
        .replace(/function google[\s\S]*?\n}\n/, '')
        .replace('...google(), ', ''),
    );
    expect(added(fixOf(tree), 'frontend/app/(auth)/sign-in/page.tsx')).not.toMatch(/signInWithGoogle/);
    expect(added(fixOf(SAMPLE), 'frontend/app/(auth)/sign-in/page.tsx')).toMatch(/signInWithGoogle/);
  });
});

describe('the place of the database', () => {
  const image = 'frontend/Dockerfile';
  const compose = 'infra/docker-compose.prod.yml';

  test('an image that works elsewhere is left to a person', () => {
    const fix = fixOf(sampleWith(image, (text) => text.replaceAll('WORKDIR /app', 'WORKDIR /srv')));
    expect(added(fix, image)).toBeUndefined();
    expect(steps(fix)).toMatch(/last stage of frontend\/Dockerfile.*USERS_DB_PATH/);
  });

  test('an image without a user of its own needs no owner, one without Alpine no compiler', () => {
    const fix = fixOf(
      sampleWith(image, (text) => text.replace('USER node\n', '').replaceAll('node:20-alpine', 'node:20')),
    );
    expect(added(fix, image)).not.toMatch(/chown|apk/);
    expect(added(fix, image)).toMatch(/mkdir -p \/app\/data\n/);
  });

  test('a mount that is there is enough; an alias is left to a person', () => {
    const mounted = sampleWith(compose, (text) =>
      text.replace(/^ {2}frontend:\n/m, '  frontend:\n    volumes:\n      - users:/app/data\n'),
    );
    expect(added(fixOf(mounted), compose)).toBe('\n      - LUC_DATA_DIR=/app/data/luc');
    const alias = {
      ...SAMPLE,
      [compose]: 'x-web: &web\n  build: ../frontend\nservices:\n  frontend: *web\n',
    };
    expect(added(fixOf(alias), compose)).toBeUndefined();
    expect(steps(fixOf(alias))).toMatch(
      /add frontend-data:\/app\/data to the volumes of the service frontend, LUC_DATA_DIR=\/app\/data\/luc to its environment/,
    );
  });

  test('a route that keeps files there for anybody is named', () => {
    const route = (head: string) =>
      `import { storage } from '@/lib/luc/server-storage';\n${head}\nexport const POST = () => storage;\n`;
    const told = (text: string) =>
      fixOf({ ...SAMPLE, 'frontend/app/api/luc/route.ts': text })
        .manual?.map(({ title }) => title)
        .join('\n');
    expect(told(route(''))).toContain('ask for a session in frontend/app/api/luc/route.ts: from then on');
    expect(told(route('await getServerSession(authOptions);'))).not.toContain('ask for a session in');
    expect(told('export const POST = () => null;\n')).not.toContain('ask for a session in');
  });

  test('other files of the app go into the volume too, where nothing keeps them yet', () => {
    const environment = (tree: Tree) => added(fixOf(tree), compose);
    expect(environment(SAMPLE)).toMatch(/^ {6}- LUC_DATA_DIR=\/app\/data\/luc$/m);
    const asMap = sampleWith(compose, (text) =>
      text.replace(/- NODE_ENV=production\n {6}- NEXTAUTH_URL[\s\S]*?UEF_ENDPOINT=/, (lines) =>
        lines.replace(/- (\w+)=/g, '$1: '),
      ),
    );
    expect(environment(asMap)).toMatch(/^ {6}LUC_DATA_DIR: \/app\/data\/luc$/m);
    const kept = '  frontend:\n    volumes:\n      - luc:/app/.luc-data\n';
    expect(environment(sampleWith(compose, (text) => text.replace(/^ {2}frontend:\n/m, kept)))).not.toMatch(
      /LUC/,
    );
    const named = sampleWith('infra/.env.production.example', (text) => `${text}LUC_DATA_DIR=/app/data/x\n`);
    expect(environment(named)).not.toMatch(/LUC/);
    const imaged = sampleWith(image, (text) =>
      text.replace('ENV PORT', 'ENV LUC_DATA_DIR=/data/luc\nENV PORT'),
    );
    expect(environment(imaged)).not.toMatch(/LUC/);
    const file = sampleWith('frontend/lib/luc/server-storage.ts', (text) =>
      text.replaceAll('LUC_DATA_DIR', 'LUC_PATH').replace("'.luc-data'", "'data/luc.json'"),
    );
    expect(environment(file)).not.toMatch(/LUC/);
  });

  test('a rule for Python keeps no new folder out of git', () => {
    const tree = sampleWith('.gitignore', (text) => `${text}lib/\n`);
    expect(added(fixOf(tree), '.gitignore')).toBe(
      '\nfrontend/data/\n# Code, whatever the rules above say\n!frontend/lib/\n',
    );
  });

  test('the rule for the data stands beside those of its kind, or under a heading of its own', () => {
    const rules = (text: string) => added(fixOf({ ...SAMPLE, '.gitignore': text }), '.gitignore');
    const edit = fixOf(SAMPLE).edits.find(({ path }) => path === '.gitignore');
    const text = SAMPLE['.gitignore'] ?? '';
    const [span] = edit?.kind === 'splice' ? edit.spans : [];
    expect(text.slice(0, span?.start)).toMatch(/backend\/uef-gateway\/data\/$/);
    expect(rules('# Packages\nnode_modules\n\n# Archives\nbackups/\n')).toBe(
      '\n# Data of a developer\nfrontend/data/\n',
    );
    expect(rules('node_modules\n')).toBe('frontend/data/\n');
    expect(rules('node_modules\n/frontend/data\n')).toBeUndefined();
  });

  test('no other app is told of it', () => {
    const other = { 'shop/package.json': '{ "name": "shop" }', 'shop/.env.example': 'NEXTAUTH_SECRET=\n' };
    const { edits } = fixOf({ ...SAMPLE, ...other });
    expect(edits.map(({ path }) => path).filter((path) => path.includes('.env'))).toEqual([
      'frontend/.env.example',
      'infra/.env.production.example',
    ]);
  });
});
