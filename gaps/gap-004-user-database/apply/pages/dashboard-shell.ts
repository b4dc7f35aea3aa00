import type { ManualStep, NextApp, Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { placeOf } from '../../../../src/edit/from-template.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { attributeValue, type Tag, tagsOf } from '../../../../src/edit/tags.ts';
import { indentOf, indentUnitOf } from '../../../../src/edit/ts-file.ts';
import { addImports } from '../../../../src/edit/ts-imports.ts';
import { reachableFrom } from '../../../../src/read/code/imports.ts';
import { specifierFor } from '../../../../src/read/code/specifier-for.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { findSpecial, layoutsAround, sectionsNamed } from '../../../../src/read/next/app-router.ts';
import { NOTHING, type Part } from '../parts.ts';
import { clientEdits } from './client-files.ts';
import { lineAfter } from './component.ts';

const FILES = ['components/auth/AccountNotice.tsx', 'components/auth/SignOutButton.tsx'];
const SIGN_OUT = '<SignOutButton />';
const NOTICE = '<AccountNotice />';

/** What stands around the dashboard's pages gets a way to sign out, and says why an account cannot be used. */
export function shellPart(repo: Repo, app: NextApp, authPath: string): Part {
  const [section] = sectionsNamed(app, 'dashboard');
  const layout = section === undefined ? undefined : findSpecial(repo, section, 'layout');
  if (section === undefined || layout === undefined) return stepFor('the pages of people who are signed in');
  const reached = [...reachableFrom(repo, app, [layout])];
  if (reached.some((path) => repo.mentions(path, /\bsignOut\(/))) return NOTHING;
  const shell = reached.find((path) => /\.tsx$/.test(path) && repo.mentions(path, /<main\b/));
  if (shell === undefined || !hasSession(repo, app, section)) return stepFor(shell ?? layout);
  const spans = shellSpans(repo, app, shell);
  if (!spans) return stepFor(shell);
  return {
    edits: [...clientEdits(repo, app, FILES, authPath), splice(repo, shell, spans)],
    manual: [],
  };
}

/** Whether a SessionProvider stands around the pages, without which useSession fails. */
function hasSession(repo: Repo, app: NextApp, section: string): boolean {
  const around = [...reachableFrom(repo, app, layoutsAround(repo, app, section))];
  return around.some((path) => repo.mentions(path, /<SessionProvider\b/));
}

function shellSpans(repo: Repo, app: NextApp, path: string): readonly Span[] | undefined {
  const module = repo.module(path);
  const tags = tagsOf(module);
  const [main, ...more] = tags.filter(({ name }) => name === 'main');
  const account = tags.find(isAccountButton);
  const notice = main && more.length === 0 ? noticeSpans(module, main, account === undefined) : undefined;
  if (!notice) return undefined;
  const imported = addImports(
    path,
    module.text,
    FILES.map((file) => ({
      module: specifierFor(repo, app, path, placeOf(app, file)),
      default: file.replace(/^.*\/|\.tsx$/g, ''),
    })),
  );
  if ('refused' in imported) return undefined;
  return [...imported.spans, ...notice, ...(account ? [lineAfter(module.text, account, SIGN_OUT)] : [])];
}

/** A button that names the account and does nothing yet. */
function isAccountButton(tag: Tag): boolean {
  return (
    tag.name === 'button' &&
    attributeValue(tag, 'onClick') === undefined &&
    /^(my )?(account|profile)$/i.test(tag.words)
  );
}

/** Directly above the page's own content. */
function noticeSpans(module: SourceModule, main: Tag, isAlone: boolean): readonly Span[] | undefined {
  const { text } = module;
  const children = childrenIn(module, main);
  if (children === undefined) return undefined;
  const unit = indentUnitOf(text);
  const lines = isAlone ? aloneLines(unit) : [NOTICE];
  const indent = indentOf(text, children.start);
  const head = text.slice(text.lastIndexOf('\n', children.start) + 1, children.start);
  if (head.trim() === '')
    return [insertion(children.start, lines.map((line) => `${line}\n${indent}`).join(''))];
  const isInline = main.openEnd === children.start && main.closing?.start === children.end;
  if (!isInline) return undefined;
  const deeper = `\n${indent}${unit}`;
  return [
    insertion(children.start, `${lines.map((line) => deeper + line).join('')}${deeper}`),
    insertion(children.end, `\n${indent}`),
  ];
}

/** Where no button names the account, the one to sign out stands above the notice, on phones too. */
function aloneLines(unit: string): readonly string[] {
  return [
    '<div className="mb-4 flex flex-col items-end gap-2">',
    `${unit}${SIGN_OUT}`,
    `${unit}${NOTICE}`,
    '</div>',
  ];
}

/** Where `{children}` stands in an element. */
function childrenIn(
  module: SourceModule,
  around: Tag,
): { readonly start: number; readonly end: number } | undefined {
  const found: { readonly start: number; readonly end: number }[] = [];
  walk(module, {
    JSXExpressionContainer: ({ expression, start, end }) => {
      const isChildren = expression.type === 'Identifier' && expression.name === 'children';
      if (isChildren && start > around.start && end < around.end) found.push({ start, end });
    },
  });
  return found.length === 1 ? found[0] : undefined;
}

function stepFor(place: string): Part {
  const manual: ManualStep[] = [
    {
      title: `In ${place}, show a button that calls signOut({ callbackUrl: '/' }) of next-auth/react, and above the content a line that leads to /confirm-email where useSession().data has unconfirmedEmail`,
      why: 'Where it belongs depends on the look of these pages, and useSession needs a SessionProvider around it.',
      seenBy: 'Somebody who is signed in finds the button on a phone too, and is signed out by it.',
    },
  ];
  return { edits: [], manual };
}
