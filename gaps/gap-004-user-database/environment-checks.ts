import type { NextApp, Repo } from '../../src/contract.ts';
import { codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { placeInWords } from '../../src/read/code/place-in-words.ts';
import { type DeployedService, deployedServices } from '../../src/read/deploy/deployed-environment.ts';
import { documentOf, envFileValues } from '../../src/read/deploy/env-file.ts';
import { basename, dirname } from '../../src/repo/paths.ts';

const READS = /process\.env(?:\??\.(\w+)|\[\s*['"`](\w+)['"`]\s*\])/g;
const TAKES_APART = /\{([^{}]*)\}\s*=\s*process\.env\b/g;
const READ_BY_NEXT_AUTH = ['NEXTAUTH_URL', 'NEXTAUTH_SECRET'];

/**
 * What the app reads and the deployed stack lays a blank over, told from the side of the code: every name that it
 * reads is resolved as the deploy script would, and compared with the examples around the stack.
 */
export function withoutValue(repo: Repo, app: NextApp): readonly string[] {
  const names = namesRead(repo, app);
  const bad = deployedServices(repo, app)
    .filter(({ commands }) => commands.length > 0)
    .flatMap((deployed) => names.flatMap((name) => blankOf(repo, deployed, name) ?? []));
  return [...new Set(bad)];
}

/** A port that is set in an env file, and another one that the health check or nginx asks. */
export function askedElsewhere(repo: Repo, app: NextApp): readonly string[] {
  const bad = deployedServices(repo, app).flatMap(({ service, variables }) => {
    const port = variables.get('PORT');
    const words = JSON.stringify([service.value.healthcheck, service.value.expose, service.value.ports]);
    const isKnown = port !== undefined && 'value' in port && /^\d+$/.test(port.value ?? '');
    return isKnown && /\d{4}/.test(words) && !words.includes(port.value ?? '')
      ? [`${service.name} listens on ${port.value}, and nothing of its service names that port`]
      : [];
  });
  return [...new Set(bad)];
}

function blankOf(repo: Repo, deployed: DeployedService, name: string): string | undefined {
  const answer = [deployed.variables, deployed.arguments]
    .map((answers) => answers.get(name))
    .find((each) => each?.kind === 'blank');
  if (answer?.kind !== 'blank') return undefined;
  const example = examplesAround(repo, deployed).find((path) => {
    const values = envFileValues(repo.text(path));
    return answer.names.every((each) => values.has(each));
  });
  if (example === undefined) return undefined;
  return `${name} is blank in ${deployed.service.name} (${placeInWords(repo, answer.path, answer.at)}), and ${example} has it`;
}

/** The examples of its env files, and of those that the script speaks of; without those that Compose fills in from. */
function examplesAround(
  repo: Repo,
  { path, envFiles, commands, project }: DeployedService,
): readonly string[] {
  const read = project.files.map((file) => documentOf(repo, file));
  const own = envFiles.flatMap((file) => documentOf(repo, file) ?? []);
  const beside = repo
    .find(/env[\w.-]*\.(example|sample|template)$/)
    .filter((file) => dirname(file) === dirname(path))
    .filter((file) => {
      const name = basename(file).replace(/\.\w+$/, '');
      return commands.some(({ script }) => repo.mentions(script, `/${name}`));
    });
  return [...own, ...beside].filter((file) => !read.includes(file));
}

function namesRead(repo: Repo, app: NextApp): readonly string[] {
  const base = codeBaseOf(repo, app);
  const names = new Set(dependencyOf(base, /^next-auth$/) ? READ_BY_NEXT_AUTH : []);
  for (const path of base.code) {
    if (!repo.mentions(path, 'process.env')) continue;
    const text = repo.peek(path) ?? '';
    for (const [, plain, quoted] of text.matchAll(READS)) names.add(plain ?? quoted ?? '');
    for (const [, inside = ''] of text.matchAll(TAKES_APART))
      for (const part of inside.split(',')) names.add(/\w+/.exec(part)?.[0] ?? '');
  }
  return [...names];
}
