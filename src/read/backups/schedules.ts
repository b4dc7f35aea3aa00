import type { Repo } from '../../contract.ts';
import { escaped } from '../../repo/escaped.ts';
import { basename, dirname, isInside } from '../../repo/paths.ts';
import { codeFiles } from '../code/code-files.ts';
import { withoutComments } from '../code/comments.ts';
import { clocksOf } from './clocks.ts';

const NOT_SHIPPED = /\.(test|spec|d)\.|(^|\/)(__tests__|tests?|node_modules|examples?)\//;
const CODE_CLOCK =
  /\bsetInterval\(|\bcron\w*\.schedule\(|new Cron(?:Job)?\(|scheduleJob\(|@Cron\(|\.repeat\(|\bnode-cron\b/;

/** What starts a script or a module on a clock; undefined where nothing does. */
export function scheduleOf(repo: Repo, path: string, text: string): string | undefined {
  const clocks = clocksOf(repo);
  const url = urlOf(path);
  if (url !== undefined) return clocks.find((clock) => clock.text.includes(url))?.path;
  const name = basename(path);
  const direct = clocks.find((clock) => clock.path !== path && clock.text.includes(name));
  if (direct) return direct.path;
  const named = npmScriptOf(repo, name);
  const byNpm =
    named && clocks.find((clock) => new RegExp(`\\brun\\s+${escaped(named)}\\b`).test(clock.text));
  if (byNpm) return byNpm.path;
  return /\.[cm]?[jt]s$/.test(path) ? codeSchedule(repo, path, text) : undefined;
}

/** Where Next.js serves this file as a route handler. */
export function urlOf(path: string): string | undefined {
  const inApp = /(?:^|\/)app(\/.*)\/route\.[cm]?[jt]s$/.exec(path)?.[1];
  const inPages = /(?:^|\/)pages(\/api\/.*?)(?:\/index)?\.[cm]?[jt]s$/.exec(path)?.[1];
  return inApp?.replace(/\/\([^/]*\)/g, '') ?? inPages;
}

function npmScriptOf(repo: Repo, name: string): string | undefined {
  for (const { path } of repo.layout.packages) {
    const text = repo.peek(path) ?? '';
    const found =
      text.includes(name) && new RegExp(`"([\\w:.-]+)"\\s*:\\s*"[^"]*${escaped(name)}`).exec(text);
    if (found) return found[1]?.replace(/\W/g, '\\$&');
  }
  return undefined;
}

/** A timer inside of a function counts when somebody calls that function. */
function codeSchedule(repo: Repo, path: string, text: string): string | undefined {
  const top = repo.layout.packages.map(({ dir }) => dir).filter((dir) => isInside(dir, path));
  const dir = top.sort((a, b) => b.length - a.length)[0] ?? dirname(path);
  const clock = CODE_CLOCK.exec(text);
  const owner = clock ? enclosingFunction(text.slice(0, clock.index)) : undefined;
  if (clock && owner === undefined) return path;
  if (owner !== undefined && new RegExp(`^(?:void |await )?(?:\\w+\\.)?${escaped(owner)}\\(`, 'm').test(text))
    return path;
  const others = codeFiles(repo).filter(
    (file) => file !== path && isInside(dir, file) && !NOT_SHIPPED.test(file),
  );
  return others.find((file) => {
    if (!repo.mentions(file, /backup/i)) return false;
    const isCalled = owner !== undefined && repo.mentions(file, `${owner}(`);
    if (!isCalled && !repo.mentions(file, CODE_CLOCK)) return false;
    const code = withoutComments(repo, file);
    if (owner !== undefined && new RegExp(`\\b${escaped(owner)}\\(`).test(code)) return true;
    const timer = CODE_CLOCK.exec(code);
    return timer !== null && /backup/i.test(code.slice(timer.index, timer.index + 300));
  });
}

/** The name of the function that is still open at the end of this text. */
function enclosingFunction(before: string): string | undefined {
  const heads = [
    ...before.matchAll(
      /^([ \t]*)(?:export\s+)?(?:default\s+)?(?:(?:public|private|static|async)\s+){0,4}(?:function\s+|const\s+)?(\w+)\s*(?:=\s*(?:async\s*)?)?\([^()]{0,500}\)[^{;\n]{0,300}\{\s*$/gm,
    ),
  ];
  const last = heads
    .filter(([, , name = '']) => !/^(if|for|while|switch|catch|constructor)$/.test(name))
    .at(-1);
  if (!last) return undefined;
  const isClosed = new RegExp(`^${escaped(last[1] ?? '')}\\}`, 'm').test(
    before.slice(last.index + last[0].length),
  );
  return isClosed ? undefined : last[2];
}
