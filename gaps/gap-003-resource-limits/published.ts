import type { Repo } from '../../src/contract.ts';
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
  // Without an owner it is one of Docker Hub's own.
  if (!name?.includes('/')) return false;
  const names = repo.layout.packages.flatMap(({ path }) => packageName(repo.peek(path)));
  return (
    names.includes(basename(name)) ||
    repo.find(WORKFLOW).some((path) => publishes(repo.peek(path) ?? '', name))
  );
}

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
  if (!PUSHES.test(text)) return false;
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
