import type { Repo } from '../../../src/contract.ts';
import { blank } from '../../../src/read/code/comments.ts';
import { readableStack } from '../../../src/read/deploy/readable-stack.ts';
import { FENCE, INLINE, type Word } from './own-words.ts';

const COMPOSE =
  /\bdocker[ -]compose\b(?:[ \t]+-{1,2}[\w-]+(?:(?:=|[ \t]+)[\w./][\w./-]*)?)*[ \t]+(?:restart|stop|start|exec|logs|kill)[ \t]+(?:(?:-T|-it?|-t|-d|-f|--follow|--tail=\S+|--since=\S+|--no-color)[ \t]+)*([a-z][\w.-]*)/g;
const SCRIPT = /(?<![\w/:.~$}-])(?:\.\.?\/)*((?:[\w-][\w.-]{0,80}\/){0,12}[\w-][\w.-]{0,80}\.sh)\b/g;
const NPM = /\b(?:npm|pnpm|yarn|bun) run ([a-z][\w:.-]*)/g;
/** What stands for any service in an explanation. */
const ANY = /^(?:the|a|your|my|some)?-?(?:service|name|container|app)(?:[_-]?name)?s?$/;

/** Services, scripts and npm scripts that the commands of a text name and this repository does not have. */
export function unknownNamesIn(repo: Repo, text: string): readonly Word[] {
  const isKnown: readonly (readonly [pattern: RegExp, isHere: (name: string) => boolean])[] = [
    [COMPOSE, (name) => ANY.test(name) || isService(repo, name)],
    [SCRIPT, (name) => repo.files.some((path) => path === name || path.endsWith(`/${name}`))],
    [NPM, (name) => isScript(repo, name)],
  ];
  const commands = [...text.matchAll(FENCE), ...text.replace(FENCE, blank).matchAll(INLINE)];
  const found = commands.flatMap(({ 0: code, index }) =>
    isKnown.flatMap(([pattern, isHere]) =>
      Array.from(code.matchAll(pattern), ({ 0: command, 1: name = '', index: start }) => ({
        name,
        at: index + start + command.indexOf(name),
      })).filter(({ name }) => !isHere(name)),
    ),
  );
  return found
    .filter(({ name }, index) => found.findIndex((each) => each.name === name) === index)
    .sort((a, b) => a.at - b.at);
}

/** Where the stacks are not all here, or not all to be read, a service may be elsewhere. */
function isService(repo: Repo, name: string): boolean {
  const models = repo.layout.compose.map((file) => readableStack(repo, file));
  return (
    models.length === 0 ||
    models.some((model) => !model?.isWhole || model.services.some((service) => service.name === name))
  );
}

function isScript(repo: Repo, name: string): boolean {
  const { packages } = repo.layout;
  return packages.length === 0 || packages.some(({ path }) => repo.mentions(path, `"${name}"`));
}
