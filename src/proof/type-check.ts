import { access, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Verdict } from '../contract.ts';
import { asked } from '../runner/run-git.ts';
import { bareEnvironment, type Programs } from './programs.ts';

export interface TypeCheckOptions {
  /** The repository, for the base of the comparison. */
  readonly root: string;
  readonly scratch: string;
  /** Folder of the app. */
  readonly app: string;
  /** The commit whose errors are not new. */
  readonly base: string;
  readonly programs: Programs;
}

const SECONDS = 300;
const SHOWN = 5;
/** What `next build` writes when it is absent; image imports do not type-check without it. */
const NEXT_ENV = '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n';

/** `tsc --noEmit`: an error counts only where the base does not have it. */
export async function typeCheck(options: TypeCheckOptions): Promise<Verdict> {
  const { scratch, app } = options;
  const command = `tsc --noEmit -p ${app || '.'}`;
  const errors = await errorsIn(options, scratch);
  if (typeof errors === 'string') return { verdict: 'fail', reason: errors };
  if (errors.length === 0) return pass(command, 'no error');
  const before = await baseErrors(options);
  const fresh = newErrors(errors, before);
  if (fresh.length === 0)
    return pass(command, `${errors.length} errors, all of them in ${options.base} already`);
  return {
    verdict: 'fail',
    reason: `${fresh.length} type errors that ${options.base} does not have`,
    evidence: [{ subject: command, observed: fresh.slice(0, SHOWN).join('\n') }],
  };
}

function pass(subject: string, observed: string): Verdict {
  return { verdict: 'pass', evidence: [{ subject, observed }] };
}

/** Lines move when code is edited: an error is known by its file and text, and counted. */
export function newErrors(errors: readonly string[], before: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const error of before) left.set(nameOf(error), (left.get(nameOf(error)) ?? 0) + 1);
  return errors.filter((error) => {
    const count = left.get(nameOf(error)) ?? 0;
    left.set(nameOf(error), count - 1);
    return count <= 0;
  });
}

function nameOf(error: string): string {
  return error.replace(/\(\d+,\d+\)/, '');
}

async function errorsIn(
  { app, programs, scratch }: TypeCheckOptions,
  tree: string,
): Promise<readonly string[] | string> {
  const tsc = await findUp(join(scratch, app), scratch, 'node_modules/typescript/bin/tsc');
  if (tsc === undefined) return 'typescript is not among the installed packages';
  const nextEnv = join(tree, app, 'next-env.d.ts');
  await access(nextEnv).catch(() => writeFile(nextEnv, NEXT_ENV));
  const args = [tsc, '--noEmit', '--pretty', 'false', '--incremental', 'false', '-p', '.'];
  const { exitCode, stdout, stderr } = await programs.run(process.execPath, args, {
    cwd: join(tree, app),
    env: bareEnvironment(),
    seconds: SECONDS,
  });
  if (exitCode === undefined) return 'tsc did not end within its time limit';
  const errors = stdout.split('\n').filter((line) => /error TS\d+/.test(line));
  if (exitCode !== 0 && errors.length === 0)
    return `tsc ended with ${exitCode}: ${(stdout + stderr).trim().slice(0, 300)}`;
  return errors;
}

async function baseErrors(options: TypeCheckOptions): Promise<readonly string[]> {
  const { root, scratch, app, base, programs } = options;
  const tree = join(scratch, '.base');
  const archive = join(scratch, '.base.tar');
  await mkdir(tree, { recursive: true });
  try {
    const git = (...args: readonly string[]) =>
      programs.run('git', asked(args), { cwd: root, env: bareEnvironment() });
    // A name that looks like an option is none.
    const found = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`);
    const made = await git('archive', '--format=tar', '-o', archive, found.stdout.trim());
    if (found.exitCode !== 0 || made.exitCode !== 0) return [];
    await programs.run('tar', ['-xf', archive, '-C', tree], { cwd: tree, env: bareEnvironment() });
    for (const dir of new Set(['', app]))
      await symlink(join(scratch, dir, 'node_modules'), join(tree, dir, 'node_modules')).catch(
        () => undefined,
      );
    const errors = await errorsIn(options, tree);
    return typeof errors === 'string' ? [] : errors;
  } finally {
    await rm(tree, { recursive: true, force: true });
    await rm(archive, { force: true });
  }
}

/** The first folder from `from` up to `top` that holds the path; Node finds packages the same way. */
export async function findUp(from: string, top: string, path: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (
      await access(candidate).then(
        () => true,
        () => false,
      )
    )
      return candidate;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}
