import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import type { CodeBase } from './code-base.ts';

/** Whether a text says before anything but comments that it runs in the browser (react.dev: "use client"). */
export function isClient(text: string): boolean {
  return beginsWith(text, 'use client');
}

/** Whether all that a text exports are actions of the server (react.dev: "use server"). */
export function isServerActions(text: string): boolean {
  return beginsWith(text, 'use server');
}

function beginsWith(text: string, directive: string): boolean {
  const start = afterComments(text);
  return ['"', "'"].some((quote) => text.startsWith(`${quote}${directive}${quote}`, start));
}

/** The offset of the first thing that is no white space and no comment. */
function afterComments(text: string): number {
  for (let at = 0; ; ) {
    const start = at + (/^\s*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
    const mark = text.slice(start, start + 2);
    const end =
      mark === '//' ? text.indexOf('\n', start) : mark === '/*' ? text.indexOf('*/', start + 2) : -1;
    if (end === -1 && start === at) return start;
    at = end === -1 ? start : mark === '/*' ? end + 2 : end;
  }
}

/** The code that may run on the server: nothing else sets up sign-in, compares a password or declares a table. */
export function serverCodeOf(repo: Repo, base: CodeBase): readonly string[] {
  return serverCode(repo)(base);
}

const serverCode = oncePer((repo: Repo) =>
  oncePer((base: CodeBase) => base.code.filter((path) => !isClient(repo.peek(path) ?? ''))),
);
