import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBaseOf, dependencyOf } from '../../../src/read/code/code-base.ts';
import type { ComposeCommand } from '../../../src/read/deploy/compose-commands.ts';
import { type DeployedService, deployedServices } from '../../../src/read/deploy/deployed-environment.ts';
import { documentOf, envFileValues } from '../../../src/read/deploy/env-file.ts';
import type { Answer } from '../../../src/read/deploy/service-environment.ts';
import { escaped } from '../../../src/repo/escaped.ts';

/** A variable that the app reads and gets blank, though a file on the server has its value. */
export interface Blank {
  readonly deployed: DeployedService;
  /** What the app reads. */
  readonly name: string;
  readonly answer: Extract<Answer, { readonly kind: 'blank' }>;
  /** It goes into the build, not into the container. */
  readonly isBuilt: boolean;
  /** The env file that has it, as a path of the repository. */
  readonly file: string;
}

/** What a library reads by itself. */
const READ_BY_LIBRARY: readonly (readonly [RegExp, RegExp])[] = [
  [/^next-auth$/, /^(NEXTAUTH_(URL|SECRET)|AUTH_(SECRET|URL))$/],
];

/** Every variable that an app reads and that the deployed stack blanks. */
export function blanksOf(repo: Repo, app: NextApp): readonly Blank[] {
  return deployedServices(repo, app).flatMap((deployed) => {
    if (deployed.commands.length === 0) return [];
    const of = (answers: ReadonlyMap<string, Answer>, isBuilt: boolean) =>
      [...answers].flatMap(([name, answer]): readonly Blank[] => {
        if (answer.kind !== 'blank') return [];
        const file = fileWith(repo, deployed, answer.names);
        return file !== undefined && isRead(repo, app, name)
          ? [{ deployed, name, answer, isBuilt, file }]
          : [];
      });
    return [...of(deployed.variables, false), ...of(deployed.arguments, true)];
  });
}

/** The env file that names all that was looked for: one that the service reads, or that the script knows. */
function fileWith(
  repo: Repo,
  { envFiles, commands, project }: DeployedService,
  names: readonly string[],
): string | undefined {
  return [...envFiles, ...commands.flatMap((command) => filesKnownTo(repo, command))].find((path) => {
    const document = documentOf(repo, path);
    if (document === undefined || project.files.includes(path)) return false;
    const values = envFileValues(repo.text(document));
    return names.every((name) => values.has(name));
  });
}

function filesKnownTo(repo: Repo, { variables, pathsOf }: ComposeCommand): readonly string[] {
  return [...variables].flatMap(
    ([name]) =>
      pathsOf(`$${name}`).find(
        (path) => /(^|[./])env\b(?!.*(example|sample|template))/.test(path) && documentOf(repo, path),
      ) ?? [],
  );
}

function isRead(repo: Repo, app: NextApp, name: string): boolean {
  const base = codeBaseOf(repo, app);
  const byLibrary = READ_BY_LIBRARY.some(
    ([library, names]) => names.test(name) && dependencyOf(base, library) !== undefined,
  );
  const word = new RegExp(String.raw`\b${escaped(name)}\b`);
  return (
    byLibrary || base.code.some((path) => repo.mentions(path, 'process.env') && repo.mentions(path, word))
  );
}
