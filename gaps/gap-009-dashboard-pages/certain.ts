import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import {
  attributeOf,
  childElements,
  hasSpread,
  type JsxElement,
  jsxElements,
} from '../../src/read/markup/markup.ts';
import { bringsData, importsOf, type Lacking, sleeps } from './page-state.ts';

/** A lack and the file it stands in: the page, or a component that it shows. */
export interface Certain extends Lacking {
  readonly path: string;
}

/**
 * What is certain of a page that no runbook names: functions that say that they pretend and only wait, charts and
 * tables of constants, buttons that nothing could ever make act.
 */
export function certainLacks(repo: Repo, app: NextApp, path: string): readonly Certain[] {
  const text = repo.peek(path) ?? '';
  return [
    ...pretended(text, path),
    ...constantsAround(repo, app, path, text),
    ...deadButtons(repo, path, text),
  ];
}

function pretended(text: string, path: string): readonly Certain[] {
  if (!text.includes('setTimeout') || !/simulat|\bmock|\bfake|TODO/i.test(text)) return [];
  return sleeps(blankComments(text))
    .filter(({ at }) =>
      /simulat|mock|fake|TODO|instead of|replace/i.test(text.slice(Math.max(0, at - 160), at + 80)),
    )
    .map((lack) => ({ ...lack, path }));
}

/** Choices and prices are written down where they belong. */
export const NO_FIGURES = /plan|pric|tier|option|column|item|menu|nav|step|tab/i;
const IN_MARKUP = /\bdata=\{(\w+)\}/g;

/** Figures written into the page, or into a component that it imports, and handed to a chart or a table there. */
function constantsAround(repo: Repo, app: NextApp, path: string, text: string): readonly Certain[] {
  const files = [path, ...importsOf(repo, app, path, text)].filter((each) => /\.[jt]sx$/.test(each));
  return files.flatMap((file): readonly Certain[] => {
    const own = repo.peek(file) ?? '';
    if (!own.includes('data={')) return [];
    const code = blankComments(own);
    if (bringsData(code)) return [];
    const found = [...code.matchAll(IN_MARKUP)].flatMap(([, name = '']) => {
      const figures = new RegExp(
        `^(?:export\\s+)?const ${name}\\b[^=\\n]*=\\s*\\[\\s*\\{[^\\]]*?:\\s*-?\\d`,
        'm',
      );
      const at = code.search(figures);
      return at === -1 || NO_FIGURES.test(name) ? [] : [{ name, at }];
    });
    const [first] = found;
    const names = [...new Set(found.map(({ name }) => name))].join(', ');
    return first ? [{ code: 'hard-coded-data', path: file, at: first.at, what: names }] : [];
  });
}

const ACTS =
  /^(?:on[A-Z]\w*|formAction|form|disabled|asChild|as|render|href|to|ref|popover\w*|command\w*|data-\w+|type)$/;
/** Components that only put things in their place; any other may give the button in it something to do. */
const PLACES =
  /^(?:[a-z]|$)|(?:Card|Placeholder|Header|Shell|Layout|Section|Container|Content|Footer|Title|Description|Box|Flex|Grid|Row|Column|Stack|Group|Fragment|Empty|Panel)(?:\.\w+)?$/;

function deadButtons(repo: Repo, path: string, text: string): readonly Certain[] {
  if (!/<[bB]utton\b/.test(text)) return [];
  const dead = jsxElements(repo, path).filter(isDead);
  const [first] = dead;
  return first ? [{ code: 'inert-controls', path, at: first.start, what: String(dead.length) }] : [];
}

function isDead(element: JsxElement): boolean {
  if (!/^[bB]utton$/.test(element.name) || hasSpread(element) || childElements(element).some(leads))
    return false;
  if (element.attributes.some((each) => each.kind !== 'spread' && ACTS.test(each.name))) return false;
  for (let above = element.parent; above; above = above.parent)
    if (
      !PLACES.test(above.name) ||
      /^(?:form|label|a|summary)$/.test(above.name) ||
      attributeOf(above, 'onClick')
    )
      return false;
  return true;
}

/** A link in a button takes the press. */
function leads(child: JsxElement): boolean {
  return /^a$|Link$/.test(child.name) || childElements(child).some(leads);
}
