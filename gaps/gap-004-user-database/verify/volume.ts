import type { Check, NextApp, Repo } from '../../../src/contract.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { dirname, join } from '../../../src/repo/paths.ts';

/** The image and the stack of an app that keeps its users must keep them, too: nothing in detect reads that. */
export function volumeCheck(repo: Repo, app: NextApp): Check {
  return {
    title: 'The database file stands in a volume that the user of the image may write to',
    level: 'static',
    run: () => {
      const bad = withoutVolume(repo, app);
      return bad.length > 0
        ? { verdict: 'fail', reason: bad.join('; ') }
        : {
            verdict: 'pass',
            evidence: [{ subject: join(app.dir, 'Dockerfile'), observed: 'keeps its users' }],
          };
    },
  };
}

/** Read from the text of the files, not by the models that the edits are made with. */
function withoutVolume(repo: Repo, app: NextApp): readonly string[] {
  const path = join(app.dir, 'Dockerfile');
  const image = repo.peek(path);
  if (image === undefined) return [];
  const file = /^ENV USERS_DB_PATH[= ](\S+)/m.exec(image)?.[1];
  const folder = file && dirname(file);
  if (!folder) return [`${path} does not say where the users are kept`];
  const user = /^USER +(\w+)/m.exec(image)?.[1];
  const isOwned =
    user === undefined ||
    new RegExp(`chown (-R )?${escaped(user)}\\S{0,100} ([^\\n]{0,200} )?${escaped(folder)}`).test(image);
  const services = repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .filter(({ path: compose }) => composeBuilds(repo, compose, app));
  return [
    ...(isOwned ? [] : [`${path} does not give ${folder} to ${user}`]),
    ...services
      .filter(
        ({ path: compose }) =>
          !new RegExp(`- *["']?[\\w-]{1,100}:${escaped(folder)}["']?[ \\t]*$`, 'm').test(
            serviceText(repo, compose, app),
          ),
      )
      .map(({ path: compose }) => `${compose} mounts no named volume at ${folder}`),
  ];
}

function composeBuilds(repo: Repo, compose: string, app: NextApp): boolean {
  return serviceText(repo, compose, app) !== '';
}

/** The lines of the service that builds the app. */
function serviceText(repo: Repo, compose: string, { dir }: NextApp): string {
  const blocks = (repo.peek(compose) ?? '').split(/^(?= {2}[\w.-]+:\s*$)/m);
  const context = new RegExp(`(context|build): *["']?\\S{0,200}${escaped(dir)}/?["']?[ \\t]*$`, 'm');
  return blocks.find((block) => context.test(block)) ?? '';
}
