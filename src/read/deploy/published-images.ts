import { escaped } from '../../repo/escaped.ts';
import { isMadeOf, joined } from '../../repo/glob.ts';
import { oncePer } from '../../repo/once.ts';
import { basename } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { isOffTheShelf } from './infrastructure-images.ts';

/** What builds and pushes images: CI, and the scripts that it or a person calls. */
const PUBLISHER =
  /(^|\/)(\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml|(azure|bitbucket)-pipelines\.ya?ml|cloudbuild[\w.-]*\.ya?ml|docker-bake[\w.-]*\.(hcl|json)|Makefile|justfile|[\w.-]*(build|push|publish|release)[\w.-]*\.sh)$/;
const PUSHES =
  /build-push-action|docker(?:\/| )metadata-action|\bdocker (?:image |manifest )?push\b|--push\b|push:[ \t]*true|type=registry|imagetools|kaniko/;
/** The registry of an image. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//;
/** What CI fills in: `${{ matrix.app }}`, `${NAME}`, `$NAME`. */
const FILLED_IN = /\$\{\{[^{}]{0,200}\}\}|\$\{\w+[^{}]{0,80}\}|\$\(\w+\)|\$\w+/g;

/** What builds an image on the machine that runs it. */
const BUILDER =
  /\.(sh|bash)$|(^|\/)(Makefile|justfile|package\.json)$|(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;
const BUILDS =
  /\bdocker(?:[ \t]+(?:buildx|image))?[ \t]+build\b[^\n]{0,500}?(?:[ \t]-t|--tag)[ =]["']?([\w./-]+)/g;

/**
 * Whether this repository makes an image: CI or a script pushes or builds it, under its name or one of a matrix, or it
 * has the name of a package that stands here or of the repository.
 */
export function isPublishedHere(repo: Repo, image: string): boolean {
  const name = imageName(image);
  if (name === undefined || isOffTheShelf(name)) return false;
  if (builtNames(repo).has(name)) return true;
  // Without an owner it is one of Docker Hub's own.
  if (!name.includes('/')) return false;
  return (
    packageNames(repo).has(basename(name)) ||
    publishers(repo).some((text) => publishes(text, name) || (usesOwnName(text) && isCalled(repo, name)))
  );
}

/** `ghcr.io/acme/shop:${TAG:-latest}` is `acme/shop`: the same image may be pushed to several registries. */
function imageName(image: string): string | undefined {
  const bare = (image.split('@')[0] ?? '').replace(/:[\w.-]*$/, '').replace(HOST, '');
  return /^[\w./-]+$/.test(bare) ? bare.toLowerCase() : undefined;
}

const packageNames = oncePer(
  (repo: Repo): ReadonlySet<string> =>
    new Set(
      repo.layout.packages.flatMap(({ path }) => {
        const name = /"name"\s*:\s*"(?:@[^/"]+\/)?([^"]+)"/.exec(repo.peek(path) ?? '')?.[1];
        return name === undefined ? [] : [name.toLowerCase()];
      }),
    ),
);

const builtNames = oncePer(
  (repo: Repo): ReadonlySet<string> =>
    new Set(
      repo
        .find(BUILDER)
        .filter((path) => !/(^|\/)(node_modules|examples?|tests?|docs?)\//.test(path))
        .filter((path) => repo.mentions(path, 'docker'))
        .flatMap((path) => [...(repo.peek(path) ?? '').replace(/\\\n/g, ' ').matchAll(BUILDS)])
        .map(([, name = '']) => name.replace(HOST, '').toLowerCase()),
    ),
);

const publishers = oncePer((repo: Repo): readonly string[] =>
  repo
    .find(PUBLISHER)
    .map((path) => (repo.peek(path) ?? '').replace(/^[ \t]*#.*$/gm, ''))
    .filter((text) => PUSHES.test(text))
    .map(withVariables),
);

/** The values that a file gives to its own variables are filled in; what is left unknown becomes `*`. */
function withVariables(text: string): string {
  const values = new Map(
    [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Z_]\w*)[ \t]*[:=][ \t]*["']?([^\s"'#]+)/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    ),
  );
  const filled = text.replace(FILLED_IN, (whole) => {
    if (/github\.repository(?!\w)/.test(whole)) return REPOSITORY;
    const name = /^\$\{\{\s*env\.(\w+)\s*\}\}$|^\$[{(]?(\w+)[})]?$/.exec(whole)?.slice(1).find(Boolean);
    return values.get(name ?? '') ?? whole;
  });
  return filled
    .replace(/\$\{\{\s*github\.repository\s*\}\}/g, REPOSITORY)
    .replace(FILLED_IN, '*')
    .toLowerCase();
}

/** Stands for the name that the repository has where it is hosted. */
const REPOSITORY = 'owner-of-this/repository-of-this';

function usesOwnName(text: string): boolean {
  return text.includes(REPOSITORY);
}

/** Whether documents of the repository call it by this name. */
function isCalled(repo: Repo, name: string): boolean {
  const address = new RegExp(`github\\.com[/:]${escaped(name)}(?![\\w-])`, 'i');
  return repo.find(/^(README[\w.-]*|package\.json)$/i).some((path) => repo.mentions(path, address));
}

function publishes(text: string, name: string): boolean {
  const [owner = '', last = ''] = [name.split('/').at(-2), name.split('/').at(-1)];
  return [...text.matchAll(/(?<![\w.*:/-])[\w.*:-]+(?:\/[\w.*-]+)+/g)].some(([written]) => {
    const parts = written.replace(HOST, '').split('/');
    const [ownerPattern = '*', lastPattern = ''] = [parts.at(-2), parts.at(-1)];
    // `${REGISTRY}/shop`: whose it is, is not written in the Compose file.
    if ((owner !== '' && !fits(ownerPattern, owner)) || !fits(lastPattern, last)) return false;
    // All of the name comes from a matrix: it has to stand there.
    return /[a-z\d]/.test(lastPattern) || isListed(text, last);
  });
}

const isOfName = (character: string) => /[\w.-]/.test(character);

function fits(pattern: string, text: string): boolean {
  return isMadeOf(joined(pattern.split('*'), [{ kind: 'many', fits: isOfName }]), text);
}

function isListed(text: string, name: string): boolean {
  return new RegExp(`(?:^|[\\s"',:[])${escaped(name)}(?=["',\\]\\s]|$)`).test(text);
}
