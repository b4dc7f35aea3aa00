import type { Repo, Workspace } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { GENERATOR, HTTP_METHODS, MATERIAL, ROUTE_GENERATOR, TELLS_OPERATION } from '../tables.ts';
import type { Description, Operation } from './description.ts';

/** What the generators of the repository's packages are told in code, one description for each package. */
export function generatedDescriptions(repo: Repo, roots: readonly Description[]): readonly Description[] {
  return repo.layout.packages.flatMap((workspace): Description[] => {
    const name = generatorOf(repo, workspace);
    if (name === undefined) return [];
    const files = codeOf(repo, workspace);
    const operations = files
      .filter((path) => repo.mentions(path, TELLS_OPERATION))
      .flatMap((path) => [...literalOperations(repo, path), ...decoratedOperations(repo, path)]);
    const own = roots.filter(({ path }) => files.includes(path));
    // What an object of the package lists by itself is not said twice.
    if (operations.length === 0 && own.some((root) => root.operations.length > 0)) return [];
    const bases = [...new Set(own.flatMap((root) => root.bases))];
    const tellers = [...new Set([...usersOf(repo, workspace, name), ...operations.map(({ file }) => file)])];
    return [
      {
        path: own[0]?.path ?? tellers[0] ?? workspace.path,
        dir: workspace.dir,
        name,
        operations,
        bases: bases.length === 0 ? [''] : bases,
        tellers,
        isPartial: operations.length === 0,
      },
    ];
  });
}

/** The generator that a package declares and uses. */
function generatorOf(repo: Repo, workspace: Workspace): string | undefined {
  const text = repo.peek(workspace.path) ?? '';
  if (!/openapi|open-api|swagger|tsoa|next-rest-framework/.test(text)) return undefined;
  const { dependencies, devDependencies } = workspace.manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (each) => GENERATOR.test(each) && !ROUTE_GENERATOR.test(each),
  );
  return names.find((name) => isRun(text, name) || isCalled(repo, workspace, name));
}

/** Nest's has to be told to write one: many use it for its types alone. */
function isCalled(repo: Repo, workspace: Workspace, name: string): boolean {
  const users = usersOf(repo, workspace, name);
  return name === '@nestjs/swagger'
    ? users.some((path) => repo.mentions(path, /\bSwaggerModule\b/))
    : users.length > 0;
}

/** A script of the package calls its program: `tsoa spec-and-routes`. */
function isRun(manifest: string, name: string): boolean {
  const program = name.replace(/^@[^/]+\//, '');
  return [...manifest.matchAll(/"[\w:.-]+"\s*:\s*"([^"\n]{0,300})"/g)].some(([, command = '']) =>
    new RegExp(`(?:^|[\\s&;])(?:npx |pnpm |yarn |bunx )?${escaped(program)} +(?:[a-z]|--)`).test(command),
  );
}

/** The files of a package that import another one. */
function usersOf(repo: Repo, workspace: Workspace, name: string): readonly string[] {
  return codeOf(repo, workspace).filter((path) =>
    specifiersOf(repo, path).some((each) => each === name || each.startsWith(`${name}/`)),
  );
}

/** The code of a package, without that of the packages in its folder. */
function codeOf(repo: Repo, { dir }: Workspace): readonly string[] {
  const inner = repo.layout.packages.filter((each) => each.dir !== dir && isInside(dir, each.dir));
  return repo
    .find(/(?<!\.d)\.[cm]?[jt]sx?$/)
    .filter(
      (path) =>
        (dir === '' || isInside(dir, path)) &&
        !inner.some((each) => isInside(each.dir, path)) &&
        !MATERIAL.test(path),
    );
}

/** `{ method: 'get', path: '/items' }`, however the call around it is named. */
function literalOperations(repo: Repo, file: string): readonly Operation[] {
  const module = peekModule(repo, file);
  const found: Operation[] = [];
  if (module)
    walk(module, {
      ObjectExpression: ({ properties, start }) => {
        const texts = new Map(
          properties.flatMap((each) =>
            each.type === 'Property' && each.key.type === 'Identifier' && each.value.type === 'Literal'
              ? [[each.key.name, String(each.value.value)] as const]
              : [],
          ),
        );
        const [method = '', path = ''] = [texts.get('method'), texts.get('path')];
        if (HTTP_METHODS.has(method.toLowerCase()) && path.startsWith('/'))
          found.push({ method: method.toUpperCase(), path, file, at: start });
      },
    });
  return found;
}

const CLASS = /@(?:Controller|Route)\(\s*(?:['"`]([^'"`]*)['"`])?/;
const METHOD = /@(Get|Post|Put|Patch|Delete)\(\s*(?:['"`]([^'"`]*)['"`])?/g;

/** `@Get('{id}')` in a class with `@Route('users')`. */
function decoratedOperations(repo: Repo, file: string): readonly Operation[] {
  const code = withoutComments(repo, file);
  const controller = CLASS.exec(code);
  if (!controller) return [];
  return [...code.matchAll(METHOD)].map(({ index, 1: method = '', 2: path = '' }) => ({
    method: method.toUpperCase(),
    path: `/${[controller[1] ?? '', path]
      .map((part) => part.replace(/^\/|\/$/g, ''))
      .filter(Boolean)
      .join('/')}`,
    file,
    at: index,
  }));
}
