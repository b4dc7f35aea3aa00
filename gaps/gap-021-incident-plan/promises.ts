import type { Repo } from '../../src/contract.ts';
import { blank } from '../../src/read/code/comments.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { sectionsOf } from '../../src/read/product/documents.ts';

/** Something in a text that whoever follows it at night cannot use. */
export interface Stumble {
  readonly at: number;
  readonly name: string;
}

const FENCE = /^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|(?![\s\S]))/gm;
const INLINE = /`[^`\n]+`/g;
const BLANK =
  /\bTBD\b|\bTODO\b|\[(?:your|name|phone|e-?mail|date|insert|company|team|contact)\b[^\]\n]*\](?![([:])|<(?:your|name|phone|e-?mail|contact|team)\b[^>@\n]*>|_{4,}|\bX{3,}(?:-X{2,})*\b|\{\{[^}\n]+\}\}/gi;
const FORM = /template|example|sample|\bforms?\b|\bdrafts?\b/i;

/**
 * What a plan says for itself: code, quotations, and the forms that it gives for later (a message to users, a
 * report) are blanks, because those may wait to be filled in. Offsets stay.
 */
export function ownWords(text: string): string {
  const said = text
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(FENCE, blank)
    .replace(INLINE, blank)
    .replace(/^[ \t]*>.*$/gm, blank);
  return sectionsOf(text)
    .filter(({ title, level }) => level > 1 && FORM.test(title))
    .reduce((rest, { at, body }) => {
      const end = text.indexOf(body, at) + body.length;
      return rest.slice(0, at) + blank(rest.slice(at, end)) + rest.slice(end);
    }, said);
}

/** Places in a plan's own words that nobody has filled in, one a line. */
export function blanksIn(text: string): readonly Stumble[] {
  const said = ownWords(text);
  const lines = new Set<number>();
  return [...said.matchAll(BLANK)].flatMap(({ index, 0: name }) => {
    const line = said.lastIndexOf('\n', index);
    if (lines.has(line)) return [];
    lines.add(line);
    return [{ at: index, name }];
  });
}

const COMPOSE =
  /\bdocker[ -]compose\b(?:[ \t]+-{1,2}[\w-]+(?:[= \t]+[\w./-]+)?)*[ \t]+(?:restart|stop|start|exec|logs|kill)[ \t]+(?:(?:-T|-it?|-t|-d|-f|--follow|--tail=\S+|--since=\S+|--no-color)[ \t]+)*([a-z][\w.-]*)/g;
const SCRIPT = /(?<![\w/:.~$}-])(?:\.\.?\/)*((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.sh)\b/g;
const NPM = /\b(?:npm|pnpm|yarn|bun) run ([a-z][\w:.-]*)/g;
const ANY = /^(?:the|a|your|my|some)?-?(?:service|name|container|app)(?:[_-]?name)?s?$/;

/** Services, scripts and npm scripts that the commands of a text name and this repository does not have. */
export function strangersIn(repo: Repo, text: string): readonly Stumble[] {
  const found: Stumble[] = [];
  for (const { 0: code, index } of [
    ...text.matchAll(FENCE),
    ...text.replace(FENCE, blank).matchAll(INLINE),
  ]) {
    const add = (pattern: RegExp, isHere: (name: string) => boolean) => {
      for (const match of code.matchAll(pattern)) {
        const name = match[1] ?? '';
        if (!isHere(name)) found.push({ at: index + match.index + match[0].indexOf(name), name });
      }
    };
    add(COMPOSE, (name) => ANY.test(name) || isService(repo, name));
    add(SCRIPT, (name) => repo.files.some((path) => path === name || path.endsWith(`/${name}`)));
    add(NPM, (name) => isScript(repo, name));
  }
  return found
    .filter(({ name }, index) => found.findIndex((each) => each.name === name) === index)
    .sort((a, b) => a.at - b.at);
}

/** Where the stacks are not all here, a service may be elsewhere. */
function isService(repo: Repo, name: string): boolean {
  const models = repo.layout.compose.map((file) => composeModel(repo, file));
  return (
    models.length === 0 ||
    models.some(({ isWhole, services }) => !isWhole || services.some((service) => service.name === name))
  );
}

function isScript(repo: Repo, name: string): boolean {
  const { packages } = repo.layout;
  return packages.length === 0 || packages.some(({ path }) => repo.mentions(path, `"${name}"`));
}
