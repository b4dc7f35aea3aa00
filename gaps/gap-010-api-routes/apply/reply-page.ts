import type { BlockStatement, Node, ObjectExpression } from 'oxc-parser';
import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { splice } from '../../../src/edit/spans.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../src/edit/ts-file.ts';
import { addImport } from '../../../src/edit/ts-imports.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { nameOf } from '../../../src/read/sign-in/own-functions.ts';
import { collect, source } from './tree.ts';

const CLIENT = 'lib/api/client.ts';

/**
 * Pages that show the reply of a route, and nothing where there is none: what the refusal says takes the place of the
 * reply. Pages of another shape stay as they are.
 */
export function replyPageEdits(repo: Repo, app: NextApp, url: string): readonly Edit[] {
  const pages = app.files.filter((path) => /\/page\.tsx$/.test(path) && repo.mentions(path, url));
  return pages.flatMap((path) => pageEdit(repo, app, path, url) ?? []);
}

function pageEdit(repo: Repo, app: NextApp, path: string, url: string): Edit | undefined {
  const module = repo.module(path);
  const { text } = module;
  const spans = collect(module.program, (node) =>
    node.type === 'BlockStatement' ? elseSpan(text, node, url) : undefined,
  );
  const specifier = specifierFor(repo, app, path, placeOf(app, CLIENT));
  const imported = addImport(path, text, { module: specifier, named: ['failureOf'] });
  if (spans.length === 0 || 'refused' in imported) return undefined;
  return splice(repo, path, [...imported.spans, ...spans]);
}

/** In a block that asks the route: `if (response.ok) { … }` gets the branch that it lacks. */
function elseSpan(text: string, { body }: BlockStatement, url: string): Span | undefined {
  const name = body.flatMap((each) => responseName(text, each, url) ?? [])[0];
  const branch = body.find((each) => isOnlyForOk(text, each, name ?? ''));
  if (!name || branch?.type !== 'IfStatement' || branch.consequent.type !== 'BlockStatement')
    return undefined;
  const lines = failureLines(text, branch.consequent, name);
  if (!lines) return undefined;
  const outer = indentOf(text, branch.start);
  const inner = lines.map((line) => `\n${outer}${indentUnitOf(text)}${line}`).join('');
  return insertion(branch.end, ` else {${inner}\n${outer}}`);
}

/** `const response = await fetch('/api/…')` */
function responseName(text: string, statement: Node, url: string): string | undefined {
  if (statement.type !== 'VariableDeclaration') return undefined;
  const [declared] = statement.declarations;
  const asks = declared?.init && /^await fetch\(/.test(source(text, declared.init));
  return asks && declared.id.type === 'Identifier' && source(text, declared).includes(url)
    ? declared.id.name
    : undefined;
}

function isOnlyForOk(text: string, node: Node, name: string): boolean {
  return node.type === 'IfStatement' && !node.alternate && source(text, node.test) === `${name}.ok`;
}

/** The lines that show a refusal as the branch shows a reply: without the fields that only a reply has. */
function failureLines(text: string, block: BlockStatement, response: string): readonly string[] | undefined {
  const reply = collect(block, (node) =>
    node.type === 'VariableDeclarator' &&
    node.id.type === 'Identifier' &&
    node.init?.type === 'ObjectExpression'
      ? { name: node.id.name, fields: fieldsOf(text, node.init) }
      : undefined,
  )[0];
  const shows = collect(block, (node) => (reply ? shown(text, node, reply.name) : undefined))[0];
  if (!reply?.fields || shows === undefined) return undefined;
  const { semicolon } = styleOf(text);
  const head = shows.slice(0, -`${reply.name}])`.length);
  return [
    `const content = await failureOf(${response})${semicolon}`,
    `${head}{ ${reply.fields.join(', ')} }])${semicolon}`,
  ];
}

/** Each field of a message as it is written, its content aside; undefined where it has none of the service's. */
function fieldsOf(text: string, { properties }: ObjectExpression): readonly string[] | undefined {
  const fields = properties.map((property) => {
    if (property.type !== 'Property') return undefined;
    const isSaid = /\bdata\./.test(source(text, property.value));
    if (!isSaid) return source(text, property);
    return nameOf(property.key) === 'content' ? 'content' : '';
  });
  const known = fields.flatMap((field) => field ?? []);
  return known.length === fields.length && known.includes('content')
    ? known.filter((field) => field !== '')
    : undefined;
}

/** `setMessages(prev => [...prev, message])` */
function shown(text: string, node: Node, message: string): string | undefined {
  const words = node.type === 'CallExpression' ? source(text, node) : '';
  return /^set\w+\(\(?(\w+)\)? => \[\.\.\.\1, \w+\]\)$/.test(words) && words.endsWith(` ${message}])`)
    ? words
    : undefined;
}
