import type { Repo, StaticCheck, Verdict } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { instructionsOf } from '../../../src/read/deploy/dockerfile.ts';
import { join } from '../../../src/repo/paths.ts';
import type { Tracking } from '../read/tracking.ts';

/** Reads the Dockerfile, which detect does not: an argument that is missing there leaves the browser without a DSN. */
export function imageCheck(repo: Repo, tracking: Tracking): StaticCheck {
  return {
    title: `The build in the image is given the browser's DSN (${tracking.app.workspace.path})`,
    level: 'static',
    run: () => imageIsGiven(repo, tracking),
  };
}

/** Where no env file can come along, an argument is the only way to the code that the browser runs. */
function imageIsGiven(repo: Repo, { app, base }: Tracking): Verdict {
  const name = 'NEXT_PUBLIC_SENTRY_DSN';
  const reads = base.code.find((path) => withoutComments(repo, path).includes(name));
  const image = repo.peek(join(app.dir, 'Dockerfile'));
  const isSealed = repo.mentions(join(app.dir, '.dockerignore'), /^\.env\*?$/m);
  if (reads === undefined || image === undefined || !isSealed)
    return { verdict: 'pass', evidence: [{ subject: name, observed: 'no image needs an argument for it' }] };
  const instructions = instructionsOf(image);
  const build = instructions.find(
    ({ keyword, words }) => keyword === 'RUN' && /\bbuild\b/.test(words) && !words.includes(name),
  );
  if (!build)
    return { verdict: 'pass', evidence: [{ subject: name, observed: 'no bare build in the image' }] };
  const given = instructions.find(
    ({ keyword, words, stage, start }) =>
      /^(ARG|ENV)$/.test(keyword) && words.includes(name) && stage === build.stage && start < build.start,
  );
  return given
    ? {
        verdict: 'pass',
        evidence: [{ subject: join(app.dir, 'Dockerfile'), observed: `${given.keyword} ${name}` }],
      }
    : { verdict: 'fail', reason: `${reads} reads ${name}, and nothing gives it to the build in the image` };
}
