import { oncePer } from '../repo/once.ts';
import type { Repo } from '../repo/repo.ts';

/** Every file of JavaScript or TypeScript, type declarations left out. */
export const codeFiles = oncePer((repo: Repo) => repo.find(/(?<!\.d)\.[cm]?[jt]sx?$/));
