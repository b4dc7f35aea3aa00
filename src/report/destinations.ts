import { normalize } from 'node:path';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../words/suggest.ts';
import { createPaint, plain, wantsColour } from './colour.ts';
import type { ReportDocument } from './document.ts';
import { type OutputFile, requireWritable, writeOutput } from './output-file.ts';
import { isReporterName, type ReporterName, reporters } from './reporters.ts';
import type { View } from './view.ts';

/** A reporter and where its report goes: to a file, or without a path to stdout. */
export interface Destination {
  readonly reporter: ReporterName;
  readonly path?: string;
  /** The report goes below what the file holds. */
  readonly append?: true;
}

/** Where reports are written to, and how a person looks at it. */
export interface ReportOutput {
  /** Paths of reports are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): void; readonly isTTY: boolean; readonly columns: number };
  readonly stderr: { write(text: string): void; readonly isTTY: boolean };
}

/** What was said on the command line about how reports look. */
export interface ReportStyle {
  readonly quiet?: boolean;
  readonly full?: boolean;
  /** False with `--no-color`; undefined leaves it to the environment and the terminal. */
  readonly colour?: boolean | undefined;
}

const NARROWEST = 20;
/** Who reads these reads stdout, also when the command failed. */
const FOR_PROGRAMS: readonly ReporterName[] = ['json', 'sarif', 'junit', 'github'];

/**
 * Reads `--reporter name[=path]`, repeated, and `--json`. Without any of them the text goes to stdout; when all
 * go to files, stdout stays empty.
 * @throws UsageError for an unknown reporter, an empty path, or two reports in one place.
 */
export function parseDestinations(
  values: readonly string[],
  json = false,
  env: ReportOutput['env'] = {},
): readonly Destination[] {
  const asked = [...values, ...(json && !values.includes('json') ? ['json'] : [])];
  if (asked.length === 0) return [{ reporter: 'text' }, ...workflowPlaces(env)];
  const places = asked.map(parseDestination);
  requireApart(places);
  return places;
}

/** A step of a workflow of GitHub shows annotations in its log and Markdown in the summary of its job. */
function workflowPlaces({
  GITHUB_ACTIONS,
  GITHUB_STEP_SUMMARY,
}: ReportOutput['env']): readonly Destination[] {
  if (GITHUB_ACTIONS !== 'true') return [];
  const summary: readonly Destination[] = GITHUB_STEP_SUMMARY
    ? [{ reporter: 'markdown', path: GITHUB_STEP_SUMMARY, append: true }]
    : [];
  return [{ reporter: 'github' }, ...summary];
}

function requireApart(places: readonly Destination[]): void {
  const paths = places.map(({ path }) => (path === undefined ? '' : normalize(path)));
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice === undefined) return;
  const names = places.filter((_, index) => paths[index] === twice).map(({ reporter }) => reporter);
  throw new UsageError(
    `the reporters ${names.join(' and ')} both write to ${twice || 'stdout'}`,
    `Give one of them a file of its own: --reporter ${names.at(-1)}=FILE`,
  );
}

function parseDestination(value: string): Destination {
  const at = value.indexOf('=');
  const name = at === -1 ? value : value.slice(0, at);
  if (!isReporterName(name))
    throw new UsageError(`unknown reporter ${name}`, didYouMean(name, Object.keys(reporters)));
  if (at === -1) return { reporter: name };
  if (at === value.length - 1)
    throw new UsageError(`--reporter ${value} names no file`, `For example: --reporter ${name}=report.txt`);
  return { reporter: name, path: value.slice(at + 1) };
}

/** @throws UsageError when a report has nowhere to go; asked before the work that it is to tell of. */
export function requirePlaces(places: readonly Destination[], cwd: string): void {
  for (const { path } of places) if (path !== undefined) requireWritable(fileOf(cwd, path));
}

function fileOf(cwd: string, path: string): OutputFile {
  return { cwd, path, what: 'the report', flag: '--reporter' };
}

/**
 * Writes every report: files first, then stdout. An error is no result: unless it is asked for as JSON, it goes
 * to stderr.
 * @throws FailedError when a file cannot be written.
 */
export async function writeReports(
  document: ReportDocument,
  places: readonly Destination[],
  output: ReportOutput,
  style: ReportStyle = {},
): Promise<void> {
  const { quiet = false, full = false } = style;
  for (const { reporter, path, append } of places) {
    if (path === undefined) continue;
    const render = await reporters[reporter]();
    const text = render(document, { paint: plain, columns: undefined, quiet, full });
    writeOutput({ ...fileOf(output.cwd, path), ...(append ? { append } : {}) }, text);
  }
  const isError = document.command === 'error';
  const shown = places.filter(({ path }) => path === undefined).map(({ reporter }) => reporter);
  for (const reporter of shown.length === 0 && isError ? (['text'] as const) : shown) {
    const stream = isError && !FOR_PROGRAMS.includes(reporter) ? output.stderr : output.stdout;
    const render = await reporters[reporter]();
    stream.write(render(document, await viewOn(stream.isTTY, style, output)));
  }
}

async function viewOn(
  isTerminal: boolean,
  { quiet = false, full = false, colour: flag }: ReportStyle,
  { env, stdout }: ReportOutput,
): Promise<View> {
  return {
    paint: await createPaint(wantsColour({ flag, env, isTerminal })),
    columns: isTerminal ? Math.max(NARROWEST, stdout.columns) : undefined,
    quiet,
    full,
  };
}
