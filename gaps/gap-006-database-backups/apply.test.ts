import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';

const gateway: Tree = {
  'gateway/package.json': '{ "name": "gateway", "dependencies": { "better-sqlite3": "12" } }',
  'gateway/Dockerfile': 'FROM node:20\nWORKDIR /srv\nCMD ["node", "."]\n',
  'gateway/db.js': "export const db = new Database('data/a.db');\n",
};
const composed = (rest: string, volumes = '    volumes: ["data:/srv/data"]\n') =>
  `services:\n  gateway:\n    build: ./gateway\n${volumes}${rest}`;
const plain: Tree = { ...gateway, 'compose.yaml': composed('') };
const files = (code: string): Tree => ({
  ...plain,
  'gateway/files.js': `import fs from 'fs';\n${code}\nfs.writeFileSync(file, '');\n`,
});

function fixOf(tree: Tree): Fix {
  const repo = createRepo(memorySource(tree));
  return fixIn(gap, repo);
}

const paths = (fix: Fix) => fix.edits.map(({ path }) => path);
const said = ({ manual = [] }: Fix) => manual.map(({ title, why }) => `${title} ${why}`).join('\n');

function created(fix: Fix, path: string): string | undefined {
  const edit = fix.edits.find((each) => each.path === path);
  return edit?.kind === 'create' ? edit.text : undefined;
}

const common = (tree: Tree) => created(fixOf(tree), 'scripts/backup-common.sh');

describe('the scripts', () => {
  test('stand where they can be run, the cron file beside the Compose file, archives out of git', () => {
    const fix = fixOf(plain);
    expect(paths(fix)).toEqual([
      'scripts/backup-common.sh',
      'scripts/backup.sh',
      'scripts/restore.sh',
      'cron/database-backup',
      '.gitignore',
    ]);
    expect(fix.edits.map((edit) => (edit.kind === 'create' ? edit.mode : 0))).toEqual([
      undefined,
      0o755,
      0o755,
      undefined,
      undefined,
    ]);
    expect(created(fix, '.gitignore')).toContain('\n/backups/\n');
    expect(created(fix, 'cron/database-backup')).toContain(' cron/database-backup |');
    expect(said(fix)).toMatch(/sed .* cron\/database-backup \| sudo tee/);
  });

  test('know the Compose file that is deployed', () => {
    expect(common(plain)).toContain("\nCOMPOSE_PATH='compose.yaml'\n");
    expect(common(plain)).toContain('\nEXTRA_FOLDERS=()\n');
  });

  test('name the env files that its deployment names, or that fill in its variables', () => {
    const filled: Tree = {
      ...gateway,
      'infra/compose.yaml': composed(
        '    environment: ["KEY=${KEY}"]\n    env_file: [.env.production, other.env, { path: late.env, required: false }]\n',
      ).replace('./gateway', '../gateway'),
      'infra/.env.production.example': 'KEY=\n',
      'infra/other.env': 'OTHER=1\n',
      'infra/late.env': 'KEY=1\n',
    };
    const deployed = (...options: readonly string[]) =>
      options.map((each) => `docker compose ${each} -f infra/compose.yaml up -d\n`).join('');
    const files = (tree: Tree) => /^ENV_FILES=.*$/m.exec(common(tree) ?? '')?.[0];
    expect(files(plain)).toBe('ENV_FILES=()');
    expect(files(filled)).toBe("ENV_FILES=('infra/.env.production')");
    expect(files({ ...filled, 'deploy.sh': deployed('') })).toBe("ENV_FILES=('infra/.env.production')");
    const named = deployed('--env-file infra/other.env');
    expect(files({ ...filled, 'deploy.sh': named })).toBe("ENV_FILES=('infra/other.env')");
    const both = deployed('--env-file infra/other.env', '--env-file infra/late.env');
    expect(files({ ...filled, 'deploy.sh': both })).toBe("ENV_FILES=('infra/.env.production')");
  });

  test('know the folder that code writes outside of a volume, and a person hears of it', () => {
    const tree = files("const file = path.join(process.env.DIR ?? path.resolve(process.cwd(), '.my-data'));");
    expect(common(tree)).toContain("\nEXTRA_FOLDERS=('gateway DIR .my-data')\n");
    expect(said(fixOf(tree))).toMatch(/^Set DIR of the service gateway to a folder in one of its volumes/m);
    const fixed = files("const file = join(process.cwd(), '.my-data');");
    expect(common(fixed)).toContain("\nEXTRA_FOLDERS=('gateway - .my-data')\n");
    expect(said(fixOf(fixed))).toMatch(/^Mount a volume over \.my-data in the service gateway/m);
  });

  test('need no such folder where it is in a volume', () => {
    expect(common(files("const file = '/srv/data/a.json';"))).toContain('\nEXTRA_FOLDERS=()\n');
  });

  test('leave a database with a dump program of its own to a person', () => {
    const tree = {
      ...gateway,
      'compose.yaml': composed(
        '  db:\n    image: postgres:16\n    volumes: ["pg:/var/lib/postgresql/data"]\n',
      ),
    };
    expect(common(tree)).toContain("\nLEFT_OUT=('db')\n");
    expect(said(fixOf(tree))).toMatch(/^Dump PostgreSQL \(service db\) with the program that comes with it/m);
    expect(said(fixOf(plain))).not.toMatch(/^Dump/m);
  });

  test('do not ignore twice, and say when git would not see them', () => {
    expect(paths(fixOf({ ...plain, '.gitignore': 'backups\n' }))).not.toContain('.gitignore');
    expect(said(fixOf({ ...plain, '.gitignore': '*.sh\n' }))).toMatch(
      /^Commit scripts\/backup\.sh with git add --force: \.gitignore:1 \(\*\.sh\)/m,
    );
  });
});

describe('hands stay off, with the reason,', () => {
  const refused: Readonly<Record<string, readonly [Tree, RegExp]>> = {
    'where a script of that name is there': [
      { ...plain, 'scripts/restore.sh': '#!/bin/sh\n' },
      /because scripts\/restore\.sh is there already/,
    ],
    'without Docker Compose': [gateway, /because nothing here says that the data are kept by Docker Compose/],
    'between two files that may be deployed': [
      { ...plain, 'docker-compose.yml': composed('') },
      /because nothing here says which of compose\.yaml and docker-compose\.yml is deployed/,
    ],
    'where the database is in no volume': [
      { ...gateway, 'compose.yaml': composed('', '') },
      /because the service gateway has no volume/,
    ],
    'where the folder of the files is not plain': [
      files('const file = dataFolder() + "/data/" + name;'),
      /because gateway\/files\.js does not say plainly in which folder/,
    ],
  };
  for (const [name, [tree, reason]] of Object.entries(refused))
    test(name, () => {
      const fix = fixOf(tree);
      expect(fix.edits).toEqual([]);
      expect(said(fix)).toMatch(reason);
    });
});

describe('a copy of a live database', () => {
  const copying = (code: string, path = 'gateway/backup.mjs'): Tree => ({ ...gateway, [path]: code });
  const edited = (tree: Tree) =>
    fixOf(tree).edits.flatMap((edit) => (edit.kind === 'splice' ? edit.spans.map(({ text }) => text) : []));

  test('is made by SQLite, in the style of the file', () => {
    const code = 'import fs from "fs"\nfunction save() {\n\tfs.copyFileSync(dbPath, copy)\n}\n';
    expect(edited(copying(code)).join('\n')).toMatch(
      /import Database from "better-sqlite3"[\s\S]*\n\ttry \{\n\t\tsource\.prepare\("VACUUM INTO \?"\)\.run\(copy\)\n/,
    );
  });

  test('leaves no half a copy, and no file that was there before is taken for one', () => {
    const text = edited(copying("import fs from 'fs';\nfs.copyFileSync(dbPath, copy);\n")).join('\n');
    expect(text).toMatch(/if \(fs\.existsSync\(copy\)\) \{\n {2}throw new Error[\s\S]*const source = /);
    expect(text).toContain('  fs.rmSync(copy, { force: true });\n  throw error;\n} finally {');
    const named = "import { copyFileSync } from 'fs';\ncopyFileSync(dbPath, copy);\n";
    expect(edited(copying(named)).join('\n')).toContain('VACUUM INTO');
    expect(edited(copying(named)).join('\n')).not.toContain('fs.');
  });

  test('takes a name that is free', () => {
    const code = "import fs from 'fs';\nconst source = 1;\nfs.copyFileSync(dbPath, copy);\n";
    expect(edited(copying(code)).join('')).toContain('const live = new Database(dbPath');
  });

  test('stays for a person where it is a part of something else, or the driver is another', () => {
    const code = "import fs from 'fs';\nif (a) fs.copyFileSync(dbPath, copy);\n";
    expect(edited(copying(code))).toEqual([]);
    expect(said(fixOf(copying(code)))).toMatch(/Replace the listed copy by SQLite's own backup/);
    const other = { ...copying("import fs from 'fs';\nfs.copyFileSync(dbPath, copy);\n"), ...gateway };
    const manifest = '{ "name": "gateway", "dependencies": { "sqlite3": "5" } }';
    expect(edited({ ...other, 'gateway/package.json': manifest })).toEqual([]);
  });

  test('is made for each of them, under names of their own', () => {
    const code = "import fs from 'fs';\nfs.copyFileSync(dbPath, first);\nfs.copyFileSync(dbPath, second);\n";
    const texts = edited(copying(code)).join('\n');
    expect(texts).toMatch(/const source = [\s\S]*run\(first\)[\s\S]*const live = [\s\S]*run\(second\)/);
    expect(texts.match(/import Database/g)).toHaveLength(1);
  });
});

describe('a restore over an open database', () => {
  const edited = (code: string, more: Tree = {}, path = 'gateway/backup.mjs') => {
    const fix = fixOf({ ...gateway, [path]: code, ...more });
    const spans = fix.edits.flatMap((edit) =>
      edit.kind === 'splice' && edit.path === path ? edit.spans : [],
    );
    return {
      text: spans.map(({ text }) => text).join(''),
      said: said(fix),
      at: spans.map(({ start }) => start),
    };
  };
  const restoring = (statement: string, head = "import fs from 'fs';\n") =>
    `${head}export function restore(name) {\n  // Over it\n${statement}\n}\n`;

  test('is refused above the comments of the statement, in the style of the file', () => {
    const code = restoring('\tfs.copyFileSync(join(dir, name), dbPath)', 'import * as fs from "node:fs"\n');
    const { text, at } = edited(code);
    expect(text).toContain(
      '\tif (fs.existsSync(dbPath)) {\n\t\tthrow new Error("The database is open: stop the service',
    );
    expect(text).not.toContain(';');
    expect(at).toEqual([code.indexOf('  // Over it')]);
  });

  test('names the script where there is one', () => {
    const code = restoring('  fs.renameSync(name, dbPath);');
    expect(edited(code, { 'compose.yaml': composed('') }).text).toContain(
      'restore an archive with scripts/restore.sh',
    );
    expect(edited(code).text).not.toContain('scripts/restore.sh');
  });

  const others: Readonly<Record<string, string>> = {
    'a copy that is a part of something else': restoring('  if (name) fs.copyFileSync(name, dbPath);'),
    'a branch without a block': restoring('  if (name)\n    fs.copyFileSync(name, dbPath);'),
    'an import of one function': restoring(
      '  copyFileSync(name, dbPath);',
      "import { copyFileSync } from 'fs';\n",
    ),
    'a module with promises': restoring(
      '  await fs.copyFile(name, dbPath);',
      "import fs from 'fs/promises';\n",
    ),
  };
  for (const [name, code] of Object.entries(others))
    test(`stays for a person: ${name}`, () => {
      const { text, said: steps } = edited(code);
      expect(text).toBe('');
      expect(steps).toMatch(/^Let the listed restore refuse/m);
    });

  test('is none where the database is closed, or the target is another', () => {
    for (const code of [
      restoring('  db.close();\n  fs.copyFileSync(name, dbPath);'),
      restoring('  fs.copyFileSync(name, tempDbPath);'),
    ])
      expect(edited(code)).toMatchObject({ text: '', said: expect.not.stringContaining('restore refuse') });
  });
});

describe('the cron file', () => {
  const cron = (tree: Tree) => created(fixOf({ ...plain, ...tree }), 'cron/database-backup') ?? '';

  test('starts the script from where the repository says that it is', () => {
    for (const tree of [
      { 'scripts/update.sh': 'cd /srv/shop\ngit pull\n' },
      { 'docs/server.md': 'Run `git clone https://example.com/shop.git /srv/shop`.\n' },
      { 'infra/shop.service': '[Service]\nWorkingDirectory=/srv/shop\n' },
      { 'README.md': '0 3 * * * /srv/shop/scripts/clean.sh\n' },
    ])
      expect(cron(tree)).toMatch(/^CHECKOUT=\/srv\/shop$/m);
  });

  test('has a placeholder where that is not said, or is said twice', () => {
    expect(cron({})).toMatch(/^CHECKOUT=\/path\/to\/checkout$/m);
    const twice = { 'a.sh': 'cd /srv/shop\n', 'b.sh': 'cd /home/shop/app\n' };
    expect(cron(twice)).toMatch(/^CHECKOUT=\/path\/to\/checkout$/m);
    expect(said(fixOf({ ...plain, ...twice }))).toContain('the repository says /home/shop/app and /srv/shop');
    expect(cron({ 'a.sh': 'cd "$HOME/shop"\ncd /srv/$NAME\n' })).toContain('CHECKOUT=/path/to/checkout');
  });

  test('runs at three in UTC', () => {
    expect(cron({})).toMatch(/^CRON_TZ=UTC$/m);
    expect(cron({})).toMatch(/^0 3 \* \* \* root "\$CHECKOUT\/scripts\/backup\.sh"/m);
  });
});

describe('what the archives do not hold', () => {
  test('is named: the environment files of the services', () => {
    const tree = {
      ...gateway,
      'infra/compose.yaml': composed('    env_file: [.env.production, { path: ../b.env }]\n').replace(
        './gateway',
        '../gateway',
      ),
    };
    expect(said(fixOf(tree))).toMatch(/^Keep infra\/\.env\.production and b\.env of the server/m);
    expect(said(fixOf(plain))).not.toMatch(/^Keep/m);
  });
});

describe('a file that is written to waste time', () => {
  const head = '# backup: sqlite, cron, snapshot\nbackup() { :; }\n';
  const spend = (tree: Tree) => {
    const start = performance.now();
    fixOf({ ...plain, ...tree });
    return performance.now() - start;
  };

  for (const unit of [
    '\n',
    'db',
    '0',
    '-',
    'compose ',
    'sqlite3 ',
    'cp -a ',
    'docker ',
    'copyFile(a,',
    '/root/a',
  ])
    test(`costs linear time: ${JSON.stringify(unit)}`, () => {
      const text = head + unit.repeat(20_000);
      const data = `fs.writeFileSync(path, './data/a.json');\n${unit.repeat(20_000)}`;
      for (const tree of [
        { 'scripts/zz-backup.sh': text },
        { 'gateway/backup/zz.js': text },
        { 'infra/cron/zz': text },
        { 'gateway/files.js': data },
      ])
        expect(spend(tree)).toBeLessThan(5000);
    }, 30_000);
});
