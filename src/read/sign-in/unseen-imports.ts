import type { Repo } from '../../repo/repo.ts';
import { resolveImport } from '../code/imports.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import { type SignIn, signInEntries } from './sign-in.ts';

/** Code that sign-in is made of and that is not in the repository: what stands in it cannot be judged. */
export interface UnseenImport {
  readonly path: string;
  readonly specifier: string;
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
/** Written for files of the repository: relative, or by an alias that tools set up. */
const OWN = /^(?:\.{1,2}\/|@\/|~\/|#)/;
/** What a bundler takes that is no code, and what is generated before a build. */
const OTHER =
  /\.(?:css|scss|sass|less|svg|png|jpe?g|gif|webp|json|mdx?|txt|graphql|gql)$|generated|\.prisma/i;
const NAMES_SIGN_IN = /auth|session|sign-?in|log-?in|user|account|db|database|prisma|server/i;

/** The first import of the files of sign-in that leads nowhere though it is written for a file of the repository. */
export function findUnseenImport(repo: Repo, signIn: SignIn): UnseenImport | undefined {
  const { app, packages } = signIn.base;
  const workspaces = packages.flatMap(({ manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(([name, range]) =>
      /^(?:workspace|file|link):/.test(range) ? [name] : [],
    ),
  );
  const isOwn = (specifier: string) =>
    OWN.test(specifier) || workspaces.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  for (const path of signInEntries(signIn).filter((each) => CODE.test(each))) {
    const specifier = specifiersOf(repo, path).find(
      (each) =>
        isOwn(each) &&
        !OTHER.test(each) &&
        NAMES_SIGN_IN.test(each) &&
        resolveImport(repo, app, path, each) === undefined,
    );
    if (specifier !== undefined) return { path, specifier };
  }
  return undefined;
}
