import type { Edit, NextApp, Repo } from '../../src/contract.ts';
import { addVariable, type EnvVariable, hasVariable } from '../../src/edit/dotenv.ts';
import type { Spans } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { appendLines } from '../../src/edit/text.ts';
import { basename, isInside, join } from '../../src/repo/paths.ts';
import { IMAGE_DB_PATH } from './container.ts';
import { MAIL_VARIABLES } from './mail-variables.ts';

/** Where a developer's copy keeps its users, relative to the app. */
const LOCAL_DB_PATH = './data/users.db';

/** The env examples name the new variables; git and the image builder leave a developer's database alone. */
export function surroundingEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return [...exampleEdits(repo, app), ...ignoreEdits(repo, app)];
}

function exampleEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return repo
    .find(/(^|\/)[\w.-]*env[\w.-]*\.(example|sample|template)$/)
    .filter((path) => hasVariable(repo.peek(path) ?? '', 'NEXTAUTH_SECRET'))
    .flatMap((path) => {
      const isLocal = isInside(app.dir, path);
      return textEdit(
        repo,
        path,
        variables(isLocal ? LOCAL_DB_PATH : IMAGE_DB_PATH).map((each) => (text) => addVariable(text, each)),
      );
    });
}

function variables(path: string): readonly EnvVariable[] {
  return [
    {
      name: 'OWNER_SETUP_TOKEN',
      value: '',
      comment:
        "In production an owner's first password takes this token: set it (openssl rand -hex 32), open\n/sign-up#setup-token=<token>, sign up with an address of OWNER_EMAILS, and empty it again.",
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
  const lines = [
    `${local(join(app.dir, 'data'))}/`,
    ...hidden(repo, app).map((folder) => `!${local(folder)}/`),
  ];
  return [
    ...(repo.exists(git)
      ? textEdit(
          repo,
          git,
          lines.map((line) => (text) => ignored(text, line)),
        )
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

function ignored(text: string, line: string): Spans {
  const bare = line.replace(/^\/|\/$/g, '');
  const isThere = text.split('\n').some((each) => each.trim().replace(/^\/|\/$/g, '') === bare);
  return isThere ? { spans: [] } : appendLines(text, [line]);
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
