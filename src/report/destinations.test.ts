import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FailedError, UsageError } from '../errors.ts';
import { type Destination, parseDestinations, type ReportOutput, writeReports } from './destinations.ts';
import { audit, failure } from './testing/documents.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function terminal(fields: { isTTY?: boolean; columns?: number; env?: ReportOutput['env'] } = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'aims-fix-report-'));
  roots.push(cwd);
  const written = { stdout: '', stderr: '' };
  const isTTY = fields.isTTY ?? false;
  const output: ReportOutput = {
    cwd,
    env: fields.env ?? {},
    stdout: {
      write: (text) => {
        written.stdout += text;
      },
      isTTY,
      columns: fields.columns ?? 80,
    },
    stderr: {
      write: (text) => {
        written.stderr += text;
      },
      isTTY,
    },
  };
  return { output, written, read: (path: string) => readFileSync(join(cwd, path), 'utf8') };
}

describe('parseDestinations', () => {
  it.each<[string[], boolean, Destination[]]>([
    [[], false, [{ reporter: 'text' }]],
    [[], true, [{ reporter: 'json' }]],
    [['json'], true, [{ reporter: 'json' }]],
    [['text', 'json=a/b.json'], false, [{ reporter: 'text' }, { reporter: 'json', path: 'a/b.json' }]],
    [['markdown=a=b.md'], true, [{ reporter: 'markdown', path: 'a=b.md' }, { reporter: 'json' }]],
    [['json=report.json'], true, [{ reporter: 'json', path: 'report.json' }, { reporter: 'json' }]],
  ])('reads %j with --json %s', (values, json, destinations) => {
    expect(parseDestinations(values, json)).toEqual(destinations);
  });
  it.each<[string[], boolean, string, string]>([
    [['jsn'], false, 'unknown reporter jsn', 'Did you mean "json"?'],
    [
      ['toString'],
      false,
      'unknown reporter toString',
      'Known are text, json, sarif, junit, github, markdown.',
    ],
    [['=a'], false, 'unknown reporter ', 'Known are text, json, sarif, junit, github, markdown.'],
    [['json='], false, '--reporter json= names no file', 'For example: --reporter json=report.txt'],
    [
      ['text', 'markdown'],
      false,
      'the reporters text and markdown both write to stdout',
      'Give one of them a file of its own: --reporter markdown=FILE',
    ],
    [
      ['text'],
      true,
      'the reporters text and json both write to stdout',
      'Give one of them a file of its own: --reporter json=FILE',
    ],
    [
      ['text=a', 'json=a'],
      false,
      'the reporters text and json both write to a',
      'Give one of them a file of its own: --reporter json=FILE',
    ],
  ])('refuses %j with --json %s', (values, json, message, hint) => {
    const parse = () => parseDestinations(values, json);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(expect.objectContaining({ message, hint }));
  });
});

describe('in a workflow of GitHub', () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' };

  it('adds annotations to the log and Markdown to the summary, unless something else is asked for', () => {
    expect(parseDestinations([], false, env)).toEqual([
      { reporter: 'text' },
      { reporter: 'github' },
      { reporter: 'markdown', path: 'summary.md', append: true },
    ]);
    expect(parseDestinations([], true, env)).toEqual([{ reporter: 'json' }]);
    expect(parseDestinations([], false, { ...env, GITHUB_ACTIONS: '' })).toEqual([{ reporter: 'text' }]);
  });
  it('writes below what stands in the summary', async () => {
    const { output, written, read } = terminal();
    writeFileSync(join(output.cwd, 'summary.md'), 'before\n');
    await writeReports(audit, parseDestinations([], false, env), output);
    expect(read('summary.md')).toMatch(/^before\n# Audit of Sample\n/);
    expect(written.stdout).toContain('aims-fix can close these');
    expect(written.stdout).toContain('::error file=');
  });
});

describe('writeReports', () => {
  it('prints exactly one JSON document', async () => {
    const { output, written } = terminal({ isTTY: true });
    await writeReports(audit, [{ reporter: 'json' }], output);
    expect(JSON.parse(written.stdout)).toEqual(audit);
    expect(written.stderr).toBe('');
  });
  it('writes files, creating folders and replacing what was there', async () => {
    const { output, written, read } = terminal({ isTTY: true });
    writeFileSync(join(output.cwd, 'old.md'), 'old');
    await writeReports(
      audit,
      [
        { reporter: 'json', path: 'out/deep/report.json' },
        { reporter: 'markdown', path: 'old.md' },
        { reporter: 'text', path: join(output.cwd, 'absolute.txt') },
      ],
      output,
    );
    expect(JSON.parse(read('out/deep/report.json'))).toEqual(audit);
    expect(read('old.md')).toMatch(/^# Audit of Sample\n/);
    expect(read('absolute.txt')).toContain('  aims-fix plan GAP-A');
    expect(read('absolute.txt')).not.toContain('\x1b');
    expect(written).toEqual({ stdout: '', stderr: '' });
  });
  it('says which file cannot be written', async () => {
    const { output } = terminal();
    const write = writeReports(audit, [{ reporter: 'json', path: '.' }], output);
    await expect(write).rejects.toThrow(FailedError);
    await expect(write).rejects.toThrow(/^the report \. cannot be written: EISDIR/);
  });
  it.each<[string, Parameters<typeof terminal>[0], boolean | undefined, boolean]>([
    ['colours a terminal', { isTTY: true }, undefined, true],
    ['does not colour a pipe', {}, undefined, false],
    ['obeys --no-color', { isTTY: true }, false, false],
    ['obeys NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, undefined, false],
    ['obeys FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, undefined, true],
  ])('%s', async (_, fields, colour, expected) => {
    const { output, written } = terminal(fields);
    await writeReports(audit, [{ reporter: 'text' }], output, { colour });
    expect(written.stdout.includes('\x1b[')).toBe(expected);
  });
  it('cuts for a terminal and never for a pipe', async () => {
    const narrow = terminal({ isTTY: true, columns: 5 });
    await writeReports(audit, [{ reporter: 'text' }], narrow.output, { colour: false });
    expect(narrow.written.stdout).toContain('✗ GAP-A  P0  1  5 m…\n');
    const pipe = terminal({ columns: 5 });
    await writeReports(audit, [{ reporter: 'text' }], pipe.output);
    expect(pipe.written.stdout).toContain('? GAP-F  P1  the configuration is computed at run time\n');
  });
  it('is short when asked to be quiet', async () => {
    const { output, written } = terminal();
    await writeReports(audit, [{ reporter: 'text' }], output, { quiet: true });
    expect(written.stdout).not.toContain('Next:');
    expect(written.stdout).not.toContain('closed\n');
  });
  it('says an error on stderr, and on stdout only as JSON', async () => {
    const person = terminal();
    await writeReports(failure, [{ reporter: 'markdown', path: 'x.md' }], person.output);
    expect(person.written).toEqual({
      stdout: '',
      stderr: 'error: uncommitted changes in a.ts\nCommit or stash them.\n',
    });
    expect(person.read('x.md')).toContain('uncommitted changes');
    const program = terminal();
    await writeReports(failure, [{ reporter: 'json' }], program.output);
    expect(JSON.parse(program.written.stdout)).toEqual(failure);
    expect(program.written.stderr).toBe('');
  });
});
