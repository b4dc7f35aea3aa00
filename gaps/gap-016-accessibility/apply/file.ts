import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { type Tag, tagsOf } from '../../../src/edit/tags.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';
import { requestsOf } from '../../../src/read/code/imports.ts';
import { mayBeAtLeast } from '../../../src/read/code/version-ranges.ts';
import { attributeOf, type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { once } from '../../../src/repo/once.ts';
import { rendersText } from '../read/button-names.ts';
import { isClicked } from '../read/clicks.ts';
import { kindsIn } from '../read/controls.ts';
import { isHiddenField } from '../read/hidden.ts';
import { ownComponent, type Place } from '../read/own-components.ts';
import { labelBeside } from './captions.ts';
import { componentBodyAt } from './component-body.ts';
import { isTranslated, speaksEnglish } from './english.ts';
import type { Speech } from './field-name.ts';

/** A file with controls that are mended, and what the mends ask of it. */
export interface FileToMend {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly path: string;
  readonly text: string;
  readonly module: SourceModule;
  readonly elements: readonly JsxElement[];
  readonly quote: string;
  readonly semicolon: string;
  readonly speech: Speech;
  readonly isIcon: (name: string) => boolean;
  readonly isField: (element: JsxElement) => boolean;
  /** Whether people operate an element itself. */
  readonly isOperable: (element: JsxElement) => boolean;
  readonly isRoleButton: (element: JsxElement) => boolean;
  readonly showsText: (element: JsxElement) => boolean;
  /** Whether a component hands an aria-label on to what it renders. */
  readonly takesLabel: (element: JsxElement) => boolean;
  readonly tagAt: (start: number) => Tag | undefined;
  readonly hasUseId: boolean;
  /** The name under which ids are made up, and the line that does it. */
  readonly idName: string;
  readonly idLine: string;
  /** How many fields of a component have a label beside them. */
  readonly countTied: (body: number) => number;
  /** A name that the file does not use yet; another one each time. */
  readonly freeName: (wish: string) => string;
}

/** Opens a file for mends. */
export function openFile(repo: Repo, app: NextApp, path: string): FileToMend {
  const module = repo.module(path);
  const { text } = module;
  const elements = jsxElements(repo, path);
  const { kindOf, components } = kindsIn({ repo, app, path });
  const isField = (element: JsxElement) =>
    kindOf(element) === 'field' && !isHiddenField(element) && !isUnseen(element);
  const tags = once(() => new Map(tagsOf(module).map((tag) => [tag.start, tag])));
  const style = styleOf(text);
  const freeName = namesFor(text);
  const ids = once(() => freeName('fieldId'));
  const call = once(() => (usesReactWhole(module) ? 'React.useId' : 'useId'));
  return {
    repo,
    app,
    path,
    text,
    module,
    elements,
    ...style,
    speech: speechOf(repo, app, path, text),
    isIcon: components.isIcon,
    isField,
    isOperable: (element) =>
      isOperable(element, kindOf, isField) || components.own(element.name)?.holdsControl === true,
    isRoleButton: (element) => /^(?:button|link|tab|menuitem|option)$/.test(textOf(element, 'role')),
    showsText: (element) => element.children.some((child) => rendersText(child, components)),
    takesLabel: ({ name }) => takesLabel({ repo, app, path }, name),
    tagAt: (start) => tags().get(start),
    hasUseId: mayBeAtLeast(app.workspace.manifest.dependencies.react ?? '^18.0.0', '18.0.0'),
    get idName() {
      return ids();
    },
    get idLine() {
      return `const ${ids()} = ${call()}()${style.semicolon}`;
    },
    countTied: (body) => countTied(module, elements, isField).get(body) ?? 0,
    freeName,
  };
}

function takesLabel(place: Place, name: string): boolean {
  return /^(?:motion\.)?[a-z]/.test(name) || ownComponent(place, name)?.handsOn !== false;
}

/** Names that the text does not use, another one each time. */
function namesFor(text: string): (wish: string) => string {
  const taken = new Set<string>();
  return (wish) => {
    let name = wish;
    for (let n = 2; taken.has(name) || text.includes(name); n += 1) name = `${wish}${n}`;
    taken.add(name);
    return name;
  };
}

function speechOf(repo: Repo, app: NextApp, path: string, text: string): Speech {
  return {
    isEnglish: once(() => !isTranslated(repo, path) && speaksEnglish(repo, app)),
    defaultOf: (name) =>
      new RegExp(`[{,]\\s{0,80}${escaped(name)} = (?:'([^'\\n]*)'|"([^"\\n]*)")`)
        .exec(text)
        ?.slice(1)
        .find((each) => each !== undefined),
  };
}

function textOf(element: JsxElement, name: string): string {
  const attribute = attributeOf(element, name);
  return attribute?.kind === 'text' ? attribute.value : '';
}

/** Takes no input from people. */
function isUnseen(element: JsxElement): boolean {
  return /^(?:hidden|submit|button|reset|image)$/.test(textOf(element, 'type'));
}

const CONTROL =
  /^(?:a|button|summary|video|audio|iframe)$|(?:Link|Button|Input|Select|Switch|Toggle|Checkbox|Radio|Slider|Menu|Dropdown|Dialog|Popover|Trigger|Tabs|Picker|Editor|Textarea|Form)$/;

function isOperable(
  element: JsxElement,
  kindOf: (element: JsxElement) => string,
  isField: (element: JsxElement) => boolean,
): boolean {
  if (isField(element) || isClicked(element) || CONTROL.test(element.name)) return true;
  if (kindOf(element) === 'button' || attributeOf(element, 'tabIndex')) return true;
  return (
    ['onClick', 'href', 'onChange'].some((name) => attributeOf(element, name)) && !isHiddenField(element)
  );
}

/** `import React from 'react'` and nothing by name: the file says `React.useState`. */
function usesReactWhole(module: SourceModule): boolean {
  const react = requestsOf(module).filter(({ specifier }) => specifier === 'react');
  return (
    react.some(({ name, local }) => local === 'React' && (name === 'default' || name === '*')) &&
    !react.some(({ name }) => /^use[A-Z]/.test(name))
  );
}

function countTied(
  module: SourceModule,
  elements: readonly JsxElement[],
  isField: (element: JsxElement) => boolean,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const element of elements) {
    const isTied =
      isField(element) && !attributeOf(element, 'id') && labelBeside(element, isField) !== undefined;
    const body = isTied ? componentBodyAt(module, element.start) : undefined;
    if (body) counts.set(body.start, (counts.get(body.start) ?? 0) + 1);
  }
  return counts;
}
