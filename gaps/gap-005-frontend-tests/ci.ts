import type { Edit, Fix, NextApp, Repo, Span } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { yamlItems } from '../../src/read/yaml-items.ts';
import { asRecord } from '../../src/repo/record.ts';

/** A step of a Cloud Build file (cloud.google.com/build/docs/build-config-file-schema) and where it is written. */
interface Step {
  readonly id: string;
  readonly command: string;
  readonly dir: string;
  readonly waitFor: readonly string[];
  /** From the first key to the end of the last value's line. */
  readonly start: number;
  readonly end: number;
}

const CLOUD_BUILD = /^cloudbuild[\w.-]*\.ya?ml$/;
const OTHER_CI = /^(\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|Jenkinsfile)$/;

/**
 * The tests run beside the build, and nothing is released before they pass. A Cloud Build file with a step that
 * builds the app is edited; what else drives CI gets an exact step for a person.
 */
export function ciFix(repo: Repo, app: NextApp): Fix {
  const edits = repo.find(CLOUD_BUILD).flatMap((path) => cloudBuildEdit(repo, app, path) ?? []);
  const others = [...repo.find(OTHER_CI), ...(edits.length > 0 ? [] : repo.find(CLOUD_BUILD))];
  if (edits.length > 0 || others.length === 0) return { edits };
  return {
    edits,
    manual: [
      {
        title: `Run npm test in ${app.dir || 'the root'} before the build, in ${others.join(' and ')}`,
        why: 'Which job may fail the release there is not to be seen from the file alone.',
        seenBy: 'A pull request with a failing test turns red.',
      },
    ],
  };
}

function cloudBuildEdit(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const text = repo.text(path);
  const steps = stepsOf(repo, path);
  const own = steps.filter(({ dir }) => dir.replace(/^\.?\/|\/$/g, '') === app.dir);
  const build = own.find(({ command }) => /\bnpm run build$/.test(command));
  if (!build || own.some(({ command }) => /\bnpm (run )?test\b/.test(command))) return undefined;
  const id = build.id.replace(/build$/, 'test');
  if (id === build.id || steps.some((step) => step.id === id)) return undefined;
  const body = text.slice(build.start, build.end);
  const indent = ' '.repeat(build.start - text.lastIndexOf('\n', build.start) - 1 - '- '.length);
  const test = body
    .replace(/^(\s*id:\s*['"]?).*?(['"]?)$/m, `$1${id}$2`)
    .replace(
      /^(\s*args:\s*)\[.*\]$/m,
      (_, key: string) => `${key}[${body.includes('"') ? '"test"' : "'test'"}]`,
    );
  if (!/args:\s*\[.test.\]$/m.test(test) || !test.includes(id)) return undefined;
  const waits = steps
    .filter((step) => step.waitFor.includes(build.id))
    .map((step) => waitSpan(text, step, build.id, id));
  if (waits.some((span) => span === undefined)) return undefined;
  const insert: Span = { start: build.start, end: build.start, text: `${test}\n\n${indent}- ` };
  return splice(repo, path, [insert, ...waits.flatMap((span) => span ?? [])]);
}

function stepsOf(repo: Repo, path: string): readonly Step[] {
  return yamlItems(repo, path, ['steps']).flatMap(({ value, start, end }): Step[] => {
    const { id, entrypoint, args, dir, waitFor } = asRecord(value);
    if (typeof id !== 'string') return [];
    const command = [entrypoint, ...words(args)].join(' ');
    return [{ id, command, dir: typeof dir === 'string' ? dir : '', waitFor: words(waitFor), start, end }];
  });
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** `waitFor: ['a']` gets the second id behind the first, in its quotes. Undefined for another style. */
function waitSpan(text: string, step: Step, id: string, added: string): Span | undefined {
  const body = text.slice(step.start, step.end);
  const list = /^\s*waitFor:\s*\[.*\]/m.exec(body);
  const item = list && new RegExp(`(['"]?)${id}\\1(?=\\s*[,\\]])`).exec(list[0]);
  if (!list || !item) return undefined;
  const at = step.start + list.index + item.index + item[0].length;
  return { start: at, end: at, text: `, ${item[1]}${added}${item[1]}` };
}
