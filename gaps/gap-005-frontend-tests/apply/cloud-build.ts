import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { yamlItems } from '../../../src/read/deploy/yaml-items.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { basename } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { isTestRun, isTooOld, SCRIPT } from './ci-command.ts';

/** A step of a Cloud Build file (cloud.google.com/build/docs/build-config-file-schema) and where it is written. */
interface Step {
  readonly id: string;
  readonly image: string;
  readonly command: string;
  readonly dir: string;
  readonly waitFor: readonly string[];
  /** From the first key to the end of the last value's line. */
  readonly start: number;
  readonly end: number;
}

/** A step beside the one that builds the app, for which whatever waits for the build waits, too. */
export function cloudBuildEdit(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const text = repo.text(path);
  const steps = stepsOf(repo, path);
  const own = steps.filter(({ dir }) => dir.replace(/^\.?\/|\/$/g, '') === app.dir);
  const build = own.find(({ command }) => /\bnpm run build$/.test(command));
  if (!build || isTooOld(/\bnode:(\S+)/.exec(build.image)?.[1] ?? '')) return undefined;
  const id = build.id.replace(/build$/, 'test');
  const isTaken = id === build.id || steps.some((step) => step.id === id);
  if (isTaken || own.some(({ command }) => isTestRun(command))) return undefined;
  const test = testStep(text.slice(build.start, build.end), id);
  const waits = steps
    .filter((step) => step.waitFor.includes(build.id))
    .map((step) => waitSpan(text, step, build.id, id));
  if (test === undefined || waits.some((span) => span === undefined)) return undefined;
  const indent = ' '.repeat(build.start - text.lastIndexOf('\n', build.start) - 1 - '- '.length);
  const insert: Span = { start: build.start, end: build.start, text: `${test}\n\n${indent}- ` };
  return splice(repo, path, [insert, ...waits.flatMap((span) => span ?? []), ...headings(text, app)]);
}

function stepsOf(repo: Repo, path: string): readonly Step[] {
  return yamlItems(repo, path, ['steps']).flatMap(({ value, start, end }): Step[] => {
    const { id, name, entrypoint, args, dir, waitFor } = asRecord(value);
    if (typeof id !== 'string') return [];
    const command = [entrypoint, ...words(args)].join(' ');
    const image = typeof name === 'string' ? name : '';
    return [
      { id, image, command, dir: typeof dir === 'string' ? dir : '', waitFor: words(waitFor), start, end },
    ];
  });
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The build's step with another id and other arguments. Undefined where these are not on one line. */
function testStep(build: string, id: string): string | undefined {
  const quote = build.includes('"') ? '"' : "'";
  const args = `[${quote}run${quote}, ${quote}${SCRIPT}${quote}]`;
  const test = build
    .replace(
      /^([ \t]*id:[ \t]*)(?:(['"]).*|[^\s'"].*)?$/m,
      (_, key: string, mark = '') => key + mark + id + mark,
    )
    .replace(/^([ \t]*args:[ \t]*)\[.*\]$/m, (_, key: string) => `${key}${args}`);
  return test.includes(args) && test.includes(id) ? test : undefined;
}

/** `waitFor` gets the second id behind the first, in its quotes and on a line of its own where that has one. */
function waitSpan(text: string, step: Step, id: string, added: string): Span | undefined {
  const body = text.slice(step.start, step.end);
  const list = /^[ \t]*waitFor:[ \t]*(?:\[[^\]]{0,2000}\]|\n(?:[ \t]*-[ \t].*(?:\n|$))+)/m.exec(body);
  const item =
    list &&
    new RegExp(`(^[ \\t]*-[ \\t]+)?(['"]?)${escaped(id)}\\2(?=[ \\t]*[,\\]\\n]|$)`, 'm').exec(list[0]);
  if (!list || !item) return undefined;
  const [all, dash, quote = ''] = item;
  const at = step.start + list.index + item.index + all.length;
  return { start: at, end: at, text: `${dash === undefined ? ', ' : `\n${dash}`}${quote}${added}${quote}` };
}

/** Comments that list what is done with the app (`Frontend: install, lint, build`) name the tests, too. */
function headings(text: string, app: NextApp): readonly Span[] {
  if (app.dir === '') return [];
  const name = basename(app.dir).toLowerCase();
  const done = /(?:\b(?:install|lint|type-?check)(\s*[,+/]\s*))+(?=(build)\b)/i;
  return [...text.matchAll(/^[ \t]*#.*$/gm)].flatMap(({ 0: line, index }) => {
    const list = done.exec(line);
    if (!list || !line.toLowerCase().includes(name) || /\btest/i.test(line)) return [];
    const [all, separator, build = ''] = list;
    const at = index + list.index + all.length;
    return [{ start: at, end: at, text: `${build.startsWith('B') ? 'Test' : 'test'}${separator}` }];
  });
}
