import type { Edit, NextApp, Repo } from '../../../../src/contract.ts';
import { addVariable, type EnvVariable, hasVariable } from '../../../../src/edit/dotenv.ts';
import { insertion, NOTHING_TO_DO, type Spans } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { appendLines, linesOf } from '../../../../src/edit/text.ts';
import { envExamplesOf } from '../../../../src/read/deploy/env-examples.ts';
import { basename, join } from '../../../../src/repo/paths.ts';
import { IMAGE_DB_PATH } from './container.ts';
import { MAIL_VARIABLES } from './mail-variables.ts';

/** Where a developer's copy keeps its users, relative to the app. */
const LOCAL_DB_PATH = './data/users.db';

/** The env examples name the new variables; git and the image builder leave a developer's database alone. */
export function surroundingEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return [...exampleEdits(repo, app), ...ignoreEdits(repo, app)];
}

function exampleEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return envExamplesOf(repo, app)
    .filter(({ path }) => hasVariable(repo.peek(path) ?? '', 'NEXTAUTH_SECRET'))
    .flatMap(({ path, kind }) =>
      textEdit(
        repo,
        path,
        variables(kind === 'containers' ? IMAGE_DB_PATH : LOCAL_DB_PATH).map(
          (each) => (text) => addVariable(text, each),
        ),
      ),
    );
}

function variables(path: string): readonly EnvVariable[] {
  return [
    {
      name: 'OWNER_SETUP_TOKEN',
      value: '',
      comment:
        "In production an owner's first password takes this token: set it (openssl rand -hex 32), deploy, open\n/sign-up#setup-token=<token>, sign up with an address of OWNER_EMAILS, empty it and deploy again.",
      after: 'OWNER_EMAILS',
    },
    { name: 'USERS_DB_PATH', value: path, comment: "The users' database (SQLite)" },
    ...MAIL_VARIABLES,
  ];
}

function ignoreEdits(repo: Repo, app: NextApp): readonly Edit[] {
  const own = join(app.dir, '.gitignore');
  const git = repo.exists(own) ? own : '.gitignore';
  const local = (folder: string) =>
    git === own ? folder.slice(app.dir.length).replace(/^\/?/, '/') : folder;
  const shown = hidden(repo, app).map((folder) => `!${local(folder)}/`);
  return [
    ...(repo.exists(git)
      ? textEdit(repo, git, [
          (text) => ignored(text, `${local(join(app.dir, 'data'))}/`),
          (text) => appendLines(text, shown, '# Code, whatever the rules above say'),
        ])
      : []),
    ...[join(app.dir, '.dockerignore')]
      .filter((path) => repo.exists(path))
      .flatMap((path) => textEdit(repo, path, [(text) => ignored(text, 'data')])),
  ];
}

/** Folders of new files that a rule like `lib/`, as Python projects have it, would keep out of git. */
function hidden(repo: Repo, app: NextApp): readonly string[] {
  const rules = new Set(
    ['.gitignore', join(app.dir, '.gitignore')].flatMap((path) =>
      (repo.peek(path) ?? '').split('\n').map((line) => line.trim().replace(/^\*\*\/|\/$/g, '')),
    ),
  );
  return ['lib', 'lib/db', 'hooks', 'components', 'components/auth', 'app/api/profile']
    .filter((folder) => rules.has(basename(folder)))
    .map((folder) => join(app.sourceDir, folder));
}

/** Beside the last line of its kind, or under a heading of its own where the file has headings. */
function ignored(text: string, line: string): Spans {
  const bare = (each: string) => each.trim().replace(/^\/|\/$/g, '');
  const lines = linesOf(text);
  if (lines.some((each) => bare(each.text) === bare(line))) return NOTHING_TO_DO;
  const kin = lines.findLast((each) => /^[^#!].*\/data\/?\s*$/.test(each.text));
  if (kin) return { spans: [insertion(kin.end, `\n${line}`)] };
  const hasHeadings = lines.some((each) => each.text.startsWith('#'));
  return appendLines(text, [line], hasHeadings ? '# Data of a developer' : undefined);
}

/** Changes one after the other, as one replacement of what is new. */
function textEdit(repo: Repo, path: string, changes: readonly ((text: string) => Spans)[]): readonly Edit[] {
  const spans = changes.flatMap((change) => {
    const outcome = change(repo.text(path));
    return 'spans' in outcome ? outcome.spans : [];
  });
  if (spans.length === 0) return [];
  return [splice(repo, path, spans)];
}
