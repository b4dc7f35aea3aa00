import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../contract.ts';
import { codeFiles } from '../code/code-files.ts';
import { withoutComments } from '../code/comments.ts';
import { peekModule, requestsOf } from '../code/imports.ts';
import { nodesAt } from '../code/nodes-at.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import { ALLOWED_LIST, DIRECTIVE, NOT_SHIPPED, SERVICES, type Service } from './processor-tables.ts';

/** Somebody outside who is handed data, and the file that hands it over. */
export interface Processor {
  readonly service: Service;
  readonly path: string;
  readonly at: number;
}

/** Everybody outside who gets data from code that ships: once each, at the first file. */
export function findProcessors(repo: Repo): readonly Processor[] {
  const declared = declaredServices(repo);
  const first = new Map<Service, Processor>();
  for (const path of codeFiles(repo)) {
    if (NOT_SHIPPED.test(path)) continue;
    const asked = specifiersOf(repo, path).flatMap((specifier) => serviceOf(specifier, declared) ?? []);
    const named = hostedServices(repo.peek(path) ?? '');
    for (const service of new Set([...asked, ...named])) {
      const at = first.has(service) ? undefined : handedAt(repo, path, service);
      if (at !== undefined) first.set(service, { service, path, at });
    }
  }
  return SERVICES.flatMap((service) => first.get(service) ?? []);
}

const OWNERS = new Map(
  SERVICES.flatMap((service) => service.packages.map((name) => [name, service] as const)),
);

function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** The service that a package belongs to, by its name or by its scope. */
function ownerOf(name: string): Service | undefined {
  return OWNERS.get(name) ?? OWNERS.get(name.slice(0, name.indexOf('/') + 1));
}

/** The packages of services that the repository declares. */
function declaredServices(repo: Repo): ReadonlySet<string> {
  const names = repo.layout.packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies));
  return new Set(names.filter((name) => ownerOf(name) !== undefined));
}

function serviceOf(specifier: string, declared: ReadonlySet<string>): Service | undefined {
  const name = packageOf(specifier);
  return declared.has(name) ? ownerOf(name) : undefined;
}

/** Who has a host, by what it ends with: `.com` stands in few files of code. */
const HOSTED = new Map<string, (readonly [string, Service])[]>();
for (const service of SERVICES) {
  if (service.host === undefined) continue;
  const ending = service.host.slice(service.host.lastIndexOf('.'));
  HOSTED.set(ending, [...(HOSTED.get(ending) ?? []), [service.host, service]]);
}

/** Whose hosts a text names. */
function hostedServices(text: string): readonly Service[] {
  const found: Service[] = [];
  for (const [ending, hosted] of HOSTED)
    for (let at = text.indexOf(ending); at !== -1; at = text.indexOf(ending, at + 1))
      for (const [host, service] of hosted) if (text.endsWith(host, at + ending.length)) found.push(service);
  return found;
}

/** Where a file imports one of the packages or sends to the host. */
function handedAt(repo: Repo, path: string, service: Service): number | undefined {
  const module = peekModule(repo, path);
  if (!module) return undefined;
  const code = withoutComments(repo, path);
  const request = requestsOf(module).find(({ specifier }) => ownerOf(packageOf(specifier)) === service);
  const imported = request ? importedAt(module, code, request.specifier) : -1;
  const places = [imported, ...hostsIn(code, service)].filter(
    (at) => at !== -1 && (at === imported || isSentTo(module, at)),
  );
  return places.length === 0 ? undefined : Math.min(...places);
}

/** The statement that imports, else the words between quotes. */
function importedAt({ imports }: SourceModule, code: string, specifier: string): number {
  const statement = imports.find(({ moduleRequest }) => moduleRequest.value === specifier);
  if (statement) return statement.start;
  return Math.max(code.indexOf(`'${specifier}'`), code.indexOf(`"${specifier}"`));
}

/** Every place that names the host of a service, or the part of it that takes data. */
function hostsIn(code: string, { host, endpoint }: Service): readonly number[] {
  if (host === undefined) return [];
  const found: number[] = [];
  for (let at = code.indexOf(host); at !== -1; at = code.indexOf(host, at + 1))
    if (!endpoint || endpoint.test(code.slice(at, at + 200))) found.push(at);
  return found;
}

/** Whether an address is one to send to: no link, no text, no pattern, and on no list of what a browser may load. */
function isSentTo(module: SourceModule, at: number): boolean {
  const around = nodesAt(module, at);
  const value = around.at(-1);
  if (!value || value.type === 'JSXText' || ('regex' in value && value.regex)) return false;
  if (isBareOrigin(value) && POLICY.test(module.text) && !around.some(isRequest)) return false;
  return !around.some((node) => isLink(node) || isAllowedList(module, node));
}

/** A file that writes a Content-Security-Policy, and what it may put together from. */
const POLICY = /\b(?:connect|default|script)-src\b|\b(?:connect|default|script)Src\b/;

function isBareOrigin(node: Node): boolean {
  return node.type === 'Literal' && /^(?:(?:https?|wss?):\/\/)?[\w.*-]+\/?$/.test(String(node.value));
}

function isRequest(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'fetch';
}

function isLink(node: Node): boolean {
  return (
    node.type === 'JSXAttribute' && node.name.type === 'JSXIdentifier' && /^(?:href|to)$/.test(node.name.name)
  );
}

function isAllowedList({ text }: SourceModule, node: Node): boolean {
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'BinaryExpression':
      return DIRECTIVE.test(text.slice(node.start, node.end));
    case 'ArrayExpression':
      return node.elements.some((each) => each?.type === 'Literal' && DIRECTIVE.test(String(each.value)));
    case 'VariableDeclarator':
      return ALLOWED_LIST.test(text.slice(node.id.start, node.id.end).replace(/:[\s\S]*/, ''));
    case 'Property':
      return ALLOWED_LIST.test(text.slice(node.key.start, node.key.end).replace(/['"]/g, ''));
    default:
      return false;
  }
}
