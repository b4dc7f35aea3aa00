import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { loadConfig } from './config.ts';

const GAPS = ['GAP-A', 'GAP-LIMITS', 'GAP-ROUTES'];
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'aims-fix-config-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function load(files: Readonly<Record<string, string>>) {
  return loadConfig(folder(files), undefined, GAPS);
}

const yaml = (text: string) => load({ 'aims-fix.config.yaml': text });

async function refusal(promise: Promise<unknown>): Promise<{ message: string; hint: string | undefined }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UsageError)) throw new Error(`expected a UsageError, got ${String(error)}`);
  expect(error.exitCode).toBe(2);
  return { message: error.message, hint: error.hint };
}

const WAIVER = `
waivers:
  - gap: GAP-A
    fingerprint: 0123456789abcdef
    reason: the host limits it
    owner: ops
    expires: 2026-12-31
`;

describe('loadConfig', () => {
  it('says nothing where there is none', async () => {
    expect(await load({ 'package.json': '{"name":"x"}' })).toEqual({ options: {}, waivers: [] });
  });
  it('reads YAML', async () => {
    const config = await yaml(
      `apps: [./frontend/, ., apps/web]\ncompose: [./infra/compose.prod.yml]\noptions:\n  GAP-ROUTES:\n    strategy: gate\n${WAIVER}`,
    );
    expect(config).toEqual({
      file: 'aims-fix.config.yaml',
      apps: ['frontend', '', 'apps/web'],
      compose: ['infra/compose.prod.yml'],
      options: { 'GAP-ROUTES': { strategy: 'gate' } },
      waivers: [
        {
          gap: 'GAP-A',
          fingerprint: '0123456789abcdef',
          reason: 'the host limits it',
          owner: 'ops',
          expires: '2026-12-31',
        },
      ],
    });
  });
  it('refuses two files, of which one would be passed over in silence', async () => {
    const files = { 'aims-fix.config.yaml': 'apps: []\n', 'aims-fix.config.json': '{}' };
    const { message, hint } = await refusal(load(files));
    expect(message).toBe('aims-fix.config.yaml and aims-fix.config.json both configure this repository');
    expect(hint).toBe('Keep one of them.');
  });
  it('reads JSON with comments and a byte order mark', async () => {
    const text = '\uFEFF{\n  // why\n  "$schema": "./x.json", "apps": ["web"],\n}';
    expect(await load({ 'aims-fix.config.json': text })).toMatchObject({
      file: 'aims-fix.config.json',
      apps: ['web'],
    });
  });
  it('reads package.json', async () => {
    const text = '{"name":"x","aimsFix":{"options":{"GAP-A":{"x":1}}}}';
    expect(await load({ 'package.json': text })).toMatchObject({
      file: 'package.json#aimsFix',
      options: { 'GAP-A': { x: 1 } },
    });
  });
  it('reads a file that holds comments only', async () => {
    expect(await yaml('# nothing yet\n')).toMatchObject({ options: {}, waivers: [] });
  });
  it.each([
    ['is broken', '{"name": '],
    ['is no object', '[]'],
    ['is null', 'null'],
  ])('leaves a package.json alone that %s', async (_, text) => {
    expect(await load({ 'package.json': text })).toEqual({ options: {}, waivers: [] });
  });
  it('looks at the root only', async () => {
    const root = folder({ 'aims-fix.config.yaml': 'apps: [x]', 'inner/package.json': '{}' });
    expect(await loadConfig(join(root, 'inner'), undefined, GAPS)).toEqual({ options: {}, waivers: [] });
  });
  it('reads the file that is named instead', async () => {
    const root = folder({ 'aims-fix.config.yaml': 'apps: [x]', 'ci/strict.yml': 'apps: [y]' });
    expect(await loadConfig(root, join(root, 'ci/strict.yml'), GAPS)).toMatchObject({
      file: 'strict.yml',
      apps: ['y'],
    });
  });
  it('never runs code', async () => {
    const code = 'throw new Error("ran")';
    const files = { 'aims-fix.config.js': code, 'aims-fix.config.cjs': code, '.aims-fixrc.js': code };
    expect(await load(files)).toEqual({ options: {}, waivers: [] });
  });
});

describe('loadConfig refuses', () => {
  it.each([
    ['an unknown key', 'wavers: []', 'unknown key wavers', 'Did you mean "waivers"?'],
    [
      'an unknown key further in',
      `${WAIVER}    expire: x\n`,
      'unknown key waivers[0].expire',
      'Did you mean "expires"?',
    ],
    [
      'a key that is like no other',
      'frobnicate: 1',
      'unknown key frobnicate',
      'Known are $schema, apps, compose, options, waivers.',
    ],
    [
      'a gap that does not exist',
      'options: { GAP-LIMIT: {} }',
      'options.GAP-LIMIT: there is no gap GAP-LIMIT',
      'Did you mean "GAP-LIMITS"?',
    ],
    [
      'a waiver of no gap',
      WAIVER.replace('GAP-A', 'GAP-LIMITZ'),
      'waivers[0].gap: there is no gap GAP-LIMITZ',
      'Did you mean "GAP-LIMITS"?',
    ],
  ])('%s', async (_, text, message, hint) => {
    expect(await refusal(yaml(text))).toEqual({ message: `aims-fix.config.yaml: ${message}`, hint });
  });
  it.each([
    ['a waiver without a reason', WAIVER.replace('the host limits it', '" "'), /waivers\[0\]\.reason: /],
    ['a waiver without an owner', WAIVER.replace(/.*owner.*\n/, ''), /waivers\[0\]\.owner: /],
    [
      'a waiver for ever',
      WAIVER.replace('2026-12-31', 'never'),
      /waivers\[0\]\.expires: must be a day as YYYY-MM-DD$/,
    ],
    ['a day that does not exist', WAIVER.replace('2026-12-31', '2026-02-30'), /waivers\[0\]\.expires: /],
    ['a fingerprint that is none', WAIVER.replace('0123456789abcdef', 'xyz'), /waivers\[0\]\.fingerprint: /],
    ['a wrong type', 'apps: web', /: apps: /],
    ['a list', '- a', /aims-fix\.config\.yaml: Invalid input: expected (object|record)/],
    ['an absolute folder', 'apps: [/etc]', /: apps\[0\]: must be a folder below the root$/],
    ['a folder above', 'apps: [web/../../x]', /: apps\[0\]: must be a folder below the root$/],
    ['a stack above', 'compose: [../x.yml]', /: compose\[0\]: must be a YAML file below the root$/],
    ['a stack that is no YAML', 'compose: [infra]', /: compose\[0\]: must be a YAML file below the root$/],
    ['no stack at all', 'compose: []', /: compose: /],
    ['options of what is no gap', 'options: { limits: {} }', /: options\.limits: /],
    ['options that are none', 'options: { GAP-A: gate }', /: options\.GAP-A: /],
    [
      'broken YAML, with the position',
      'apps: [a\nwaivers: ]',
      /^aims-fix\.config\.yaml:\d+:\d+: invalid YAML/,
    ],
    ['two documents', 'apps: []\n---\napps: []', /^aims-fix\.config\.yaml holds more than one document$/],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]},`.repeat(10)}]`)
        .join('\n')}`,
      /the configuration cannot be read: /,
    ],
  ])('%s', async (_, text, message) => {
    expect((await refusal(yaml(text))).message).toMatch(message);
  });
  it('broken JSON, with the position', async () => {
    const { message } = await refusal(load({ 'aims-fix.config.json': '{\n  "apps": [\n}' }));
    expect(message).toMatch(/^aims-fix\.config\.json:\d+:\d+: invalid JSON/);
  });
  it('a broken package.json that means us', async () => {
    expect((await refusal(load({ 'package.json': '{"aimsFix": {' }))).message).toMatch(/^package\.json:1:/);
  });
  it('a file that is named and missing', async () => {
    const root = folder({});
    const { message } = await refusal(loadConfig(root, join(root, 'no.yaml'), GAPS));
    expect(message).toMatch(/^the configuration cannot be read: ENOENT/);
  });
  it('a script that is named', async () => {
    const root = folder({ 'x.cjs': 'throw new Error("ran")' });
    const { message } = await refusal(loadConfig(root, join(root, 'x.cjs'), GAPS));
    expect(message).toMatch(/x\.cjs is no configuration$/);
  });
  it('a folder in place of the file', async () => {
    const { message } = await refusal(load({ 'aims-fix.config.yaml/x': '' }));
    expect(message).toMatch(/^the configuration cannot be read: EISDIR/);
  });
});
