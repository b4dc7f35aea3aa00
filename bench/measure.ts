import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What counts is CPU time, and of all runs the least: another process can only add to it. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
/** Of a repository with more files the audit may take more: what a gap asks is asked of more of them. */
const LARGE = 3000;
/** The command as it ships. */
export const cli = resolve('bin/aims-fix.js');

/** A command of Node to be measured. */
export interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

interface Measured {
  /** CPU time. */
  readonly milliseconds: number;
  /** Peak memory. */
  readonly mebibytes: number;
}

/** What was measured of each subject, by its name. */
export type Measures = ReadonlyMap<string, Measured>;

/** The audit of a tree. */
export function auditOf(tree: string): Subject {
  return { name: 'audit', args: [cli, 'audit', '--repo', tree, '--json'] };
}

/** What any audit of a tree has to pay. */
export function floorOf(tree: string): Subject {
  return { name: 'floor', args: [resolve('bench/floor.js'), tree] };
}

/** knip in a folder. */
export function knipOn(cwd: string): Subject {
  return { name: 'knip', args: [resolve('node_modules/knip/bin/knip.js'), '--no-exit-code'], cwd };
}

/** How many times the floor an audit of so many files may take. */
export function mostOf(files: number): number {
  return files > LARGE ? 6 : 4;
}

/** Measures subjects turn by turn: the least time and the largest memory of all rounds. */
export function measure(subjects: readonly Subject[], rounds = ROUNDS): Measures {
  const samples = new Map(subjects.map(({ name }) => [name, [] as Measured[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const subject of subjects) samples.get(subject.name)?.push(once(subject));
  return new Map([...samples].map(([name, runs]) => [name, least(runs)]));
}

function once({ name, args, cwd = process.cwd() }: Subject): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'aims-fix-bench-'));
  const file = join(folder, 'usage');
  const env = { ...process.env, BENCH_USAGE: file, NO_COLOR: '1' };
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const preloaded = ['--require', resolve('bench/usage.cjs'), ...args];
  const { status, stderr } = spawnSync(process.execPath, preloaded, options);
  if (status !== 0) throw new Error(`${name} exited ${status}: ${stderr}`);
  const [milliseconds = 0, mebibytes = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
  rmSync(folder, { recursive: true });
  return { milliseconds, mebibytes };
}

function least(runs: readonly Measured[]): Measured {
  return {
    milliseconds: Math.min(...runs.map(({ milliseconds }) => milliseconds)),
    mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
  };
}

/** Where a cold audit of a tree spends its time. */
export interface Parts {
  /** CPU time in all, in milliseconds. */
  readonly all: number;
  /** The largest first, each the least of the rounds. */
  readonly parts: readonly (readonly [name: string, milliseconds: number])[];
}

/** Takes a cold audit apart, gap by gap. */
export function partsOf(tree: string, rounds = ROUNDS): Parts {
  const runs = Array.from({ length: rounds }, () => timesOf(tree));
  const names = Object.keys(runs[0] ?? {});
  const times = names.map((name) => [name, Math.min(...runs.map((run) => run[name] ?? 0))] as const);
  return {
    all: times.find(([name]) => name === 'all')?.[1] ?? 1,
    parts: times.filter(([name]) => name !== 'all').sort(([, a], [, b]) => b - a),
  };
}

function timesOf(tree: string): Readonly<Record<string, number>> {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'bench/where.ts', tree], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`where.ts exited ${status}: ${stderr}`);
  return Object.fromEntries(Object.entries(JSON.parse(stdout)).map(([name, ms]) => [name, Number(ms)]));
}
