import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { type YamlItem, yamlItems } from '../../../src/read/deploy/yaml-items.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { isTestRun, isTooOld, SCRIPT } from './ci-command.ts';

const BUILD = /^([ \t]*(?:npm run|pnpm(?: run)?|yarn(?: run)?) )build[ \t]*$/m;

/**
 * The tests run in each job of a GitHub workflow that builds the app, right before it does
 * (docs.github.com: "Workflow syntax"). Undefined where no step is `npm run build` in the app's folder.
 */
export function workflowEdit(repo: Repo, app: NextApp, path: string): Edit | undefined {
  const workflow = asRecord(yamlValue(repo, path));
  const spans = Object.entries(asRecord(workflow.jobs)).flatMap(([id, job]): readonly Span[] => {
    const items = yamlItems(repo, path, ['jobs', id, 'steps']);
    const folder = defaultFolder(job) ?? defaultFolder(workflow) ?? '';
    const own = items.filter(({ value }) => folderOf(value, folder) === app.dir);
    if (own.some(({ value }) => isTestRun(runOf(value))) || items.some(isOnOldNode)) return [];
    const build = own.find(({ value }) => BUILD.test(runOf(value)));
    return build ? (testSpan(repo.text(path), build) ?? []) : [];
  });
  return spans.length > 0 ? splice(repo, path, spans) : undefined;
}

function defaultFolder(of: unknown): string | undefined {
  const folder = asRecord(asRecord(asRecord(of).defaults).run)['working-directory'];
  return typeof folder === 'string' ? folder : undefined;
}

function folderOf(step: unknown, byDefault: string): string {
  const folder = asRecord(step)['working-directory'];
  return (typeof folder === 'string' ? folder : byDefault).replace(/^\.?\/|\/$|^\.$/g, '');
}

function runOf(step: unknown): string {
  const { run } = asRecord(step);
  return typeof run === 'string' ? run : '';
}

function isOnOldNode({ value }: YamlItem): boolean {
  const version = asRecord(asRecord(value).with)['node-version'];
  return isTooOld(JSON.stringify(version ?? '').replaceAll('"', ' '));
}

/** A line before the build where a step runs several commands, else a step before the step. */
function testSpan(text: string, { value, start, end }: YamlItem): readonly Span[] | undefined {
  const body = text.slice(start, end);
  const line = BUILD.exec(body);
  if (line && runOf(value).includes('\n')) {
    const at = start + line.index;
    return [{ start: at, end: at, text: `${line[1]}${SCRIPT}\n` }];
  }
  const step = testStep(body, start - text.lastIndexOf('\n', start) - 1);
  return step === undefined ? undefined : [{ start, end: start, text: step }];
}

/** The step that builds, without what only a build needs. Undefined under a condition, which may not be that of tests. */
function testStep(body: string, column: number): string | undefined {
  const keys = body.split('\n').filter((line, at) => at === 0 || line.search(/\S/) === column);
  if (keys.some((line) => /^\s*(if|continue-on-error|shell|uses):/.test(line))) return undefined;
  const kept = keys.flatMap((line): string[] => {
    const [, key] = /^\s*(name|run|working-directory):/.exec(line) ?? [];
    if (key === 'name')
      return [line.replace(/\bbuild\b/i, (word) => (word.startsWith('B') ? 'Test' : 'test'))];
    if (key === 'run') return [line.replace(/\bbuild(?=["' ]*$)/, SCRIPT)];
    return key === undefined ? [] : [line];
  });
  const isTest =
    kept.some((line) => line.includes(SCRIPT)) && !kept.some((line) => /\bname:.{0,200}\bbuild/i.test(line));
  const indent = ' '.repeat(column);
  const lines = kept.map((line) => line.trim()).join(`\n${indent}`);
  return isTest ? `${lines}\n${' '.repeat(column - '- '.length)}- ` : undefined;
}
