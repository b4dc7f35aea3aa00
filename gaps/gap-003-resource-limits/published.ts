import type { Repo } from '../../src/contract.ts';
import { oncePer } from '../../src/repo/once.ts';
import { basename } from '../../src/repo/paths.ts';

const WORKFLOW = /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)\.gitlab-ci\.ya?ml$/;
const PUSHES =
  /build-push-action|docker(?:\/| )metadata-action|\bdocker push\b|--push\b|push:\s*true|type=registry|imagetools/;
/** The registry of an image. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//;
/** Stands for what a workflow fills in. */
const FILLED = '[\\w.-]+';

/** Whether this repository makes an image: a workflow publishes it, or it has the name of a package that stands here. */
export function isPublishedHere(repo: Repo, image: string): boolean {
  const name = imageName(image);
  if (name === undefined) return false;
  const own = name.includes('/') && packageNames(repo).includes(basename(name));
  return own || publishers(repo).some((text) => publishes(text, name));
}

const packageNames = oncePer((repo: Repo) =>
  repo.layout.packages.flatMap(({ path }) => packageName(repo.peek(path))),
);

/** The workflows that push an image. */
const publishers = oncePer((repo: Repo) =>
  repo
    .find(WORKFLOW)
    .map((path) => repo.peek(path) ?? '')
    .filter((text) => PUSHES.test(text)),
);

/** `ghcr.io/acme/shop:${TAG:-latest}` is `acme/shop`: the same image may be pushed to several registries. */
function imageName(image: string): string | undefined {
  const bare = image.replace(/@.*$|:(?:[\w.-]+|\$\{.*)$/, '').replace(HOST, '');
  return /^[\w./-]+$/.test(bare) ? bare : undefined;
}

function packageName(text: string | undefined): readonly string[] {
  const name = /"name"\s*:\s*"(?:@[^/"]+\/)?([^"]+)"/.exec(text ?? '')?.[1];
  return name === undefined ? [] : [name];
}

function publishes(text: string, name: string): boolean {
  const [owner = ''] = name.split('/');
  return [...text.matchAll(/(?:[\w.-]+\/)+(?:[\w.-]|\$\{\{[^}]*\}\})+/g)].some(([written]) => {
    const mention = written.replace(HOST, '');
    if (!mention.startsWith(`${owner}/`)) return false;
    const pattern = mention
      .split(/\$\{\{[^}]*\}\}/)
      .map((part) => part.replace(/[.\\]/g, '\\$&'))
      .join(FILLED);
    return new RegExp(`^${pattern}$`).test(name);
  });
}
