import { oncePer } from '../repo/once.ts';
import type { Repo } from '../repo/repo.ts';
import type { CodeBase } from './code-base.ts';

/** Whether a text says before anything but comments that it runs in the browser (react.dev: "use client"). */
export function isClient(text: string): boolean {
  return /^(?:\s*\/\/[^\n]*\n|\s*\/\*[\s\S]*?\*\/)*\s*['"]use client['"]/.test(text);
}

/** The code that may run on the server: nothing else sets up sign-in, compares a password or declares a table. */
export function serverCodeOf(repo: Repo, base: CodeBase): readonly string[] {
  return serverCode(repo)(base);
}

const serverCode = oncePer((repo: Repo) =>
  oncePer((base: CodeBase) => base.code.filter((path) => !isClient(repo.scan(path) ?? ''))),
);
