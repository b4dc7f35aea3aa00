import type { Repo } from '../../contract.ts';
import { escaped } from '../../repo/escaped.ts';
import { oncePer } from '../../repo/once.ts';
import { basename } from '../../repo/paths.ts';
import { isClient } from '../code/client-code.ts';
import { settingsOf } from '../deploy/service-settings.ts';
import { readableMountsOf } from '../deploy/volumes.ts';
import { clocksOf } from './clocks.ts';
import { dataStacks } from './compose-stores.ts';
import { isLost, kindsTaken, storesTaken } from './coverage.ts';
import { executedText } from './executed-text.ts';
import { scheduleOf, urlOf } from './schedules.ts';
import type { Store } from './store.ts';
import { storesOf } from './stores.ts';
import { WHOLE } from './tables.ts';

/** Something that takes a backup, whether or not anything ever starts it. */
export interface Backup {
  readonly path: string;
  readonly at: number;
  /** Of these stores. */
  readonly covers: readonly Store[];
  /** What starts it on a clock; undefined where nothing does. */
  readonly schedule: string | undefined;
}

const BACKUP_FILE = /backup|(^|[/_-])dump|snapshot|litestream/i;
const SCRIPT = /\.(sh|bash|py|[cm]?[jt]s)$/;
const NOT_SHIPPED =
  /\.(test|spec|d|stories)\.|(^|\/)(__tests__|tests?|node_modules|examples?|migrations?|seeds?|hooks|components)\//;
/** What a file of that name does with copies, or with something else, instead of making one. */
const OTHER_TASKS =
  /(^|[-_.])(restore|list|seed|migrat\w{0,40}|download|import|help|usage|show|status|stats?|verify|check|validate|prune|rotate|clean(up)?|delete|remove|analy[sz]\w{0,40}|types?|schema)([-_.]|$)|^use[-A-Z]/i;
/** Both tasks in one file, told apart by a function or a branch. */
const MAKES_ONE =
  /^[ \t]*(?:function[ \t]+)?(?!\w{0,40}restore)\w{0,40}backup\w{0,40}[ \t]*\(\)|^[ \t]*["']?backup["']?\)/im;
/** Answers whoever asks: it is a job where a clock asks. */
const ANSWERS =
  /^[ \t]*['"]use server['"]|\bnew (?:Next)?Response\(|\bres(?:ponse)?\.(?:download|send|sendFile|attachment|pipe)\(|\b(?:router|app|server)\.(?:get|post|put|all)\(|@(?:Get|Post|Put)\(|\b(?:public|protected|admin)\w*Procedure\b/m;

/** Every backup in the repository, with what starts it. */
export const backupsOf = oncePer((repo: Repo): readonly Backup[] =>
  [...sidecars(repo), ...clockedCommands(repo), ...scripts(repo), ...functions(repo)].filter(
    ({ covers }) => covers.length > 0,
  ),
);

/** Commands that stand in the clock's own file: a workflow that runs pg_dump. */
function clockedCommands(repo: Repo): readonly Backup[] {
  return clocksOf(repo).flatMap(({ path, text }) => {
    const isBackup = /backup|dump|litestream|restic|borg|snapshot|VACUUM/i.test(text);
    if (!isBackup || isLost(path, text)) return [];
    return [{ path, at: 0, covers: storesTaken(text, path, storesOf(repo)), schedule: path }];
  });
}

const OWN_CLOCK = /backup|litestream|borgmatic|autorestic|backrest|wal-g/;

/** Services of a deployed stack that take backups by themselves. */
function sidecars(repo: Repo): readonly Backup[] {
  return dataStacks(repo).flatMap(({ services }) =>
    services.flatMap((service) => {
      const { value, image, at, path } = service;
      const text = executedText('', [image, value.command, value.entrypoint].map(asText).join('\n'));
      if (!OWN_CLOCK.test(image) && !/sleep|cron/.test(text)) return [];
      const settings = settingsOf(service).map((pair) => pair.join('='));
      const seen = readableMountsOf(value.volumes).flatMap(({ source }) => source ?? []);
      const all = [text, ...settings, asText(value.depends_on), asText(value.links)].join('\n');
      if (kindsTaken(text).size === 0 || isLost(path, text)) return [];
      const covers = WHOLE.test(text)
        ? mounted(storesOf(repo), seen)
        : storesTaken(
            all,
            path,
            storesOf(repo).filter(({ kind }) => kindsTaken(text).has(kind)),
          );
      return [{ path, at, covers, schedule: path }];
    }),
  );
}

/** Copies of whole volumes hold the stores whose volumes are mounted; without any the host says what is copied. */
function mounted(stores: readonly Store[], sources: readonly string[]): readonly Store[] {
  const volumes = sources
    .map((source) => source.replace(/^\.\//, ''))
    .filter((source) => !/sock$/.test(source));
  if (volumes.length === 0) return stores;
  const isHeld = ({ words }: Store) =>
    words.some((word) => volumes.some((volume) => word === volume || word.startsWith(`${volume}/`)));
  return volumes.some((volume) => /^\/var\/lib\/docker/.test(volume)) ? stores : stores.filter(isHeld);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Scripts and modules that are called after backups; what runs in a browser takes none. */
export const backupFiles = oncePer((repo: Repo): readonly string[] =>
  repo
    .find(BACKUP_FILE)
    .filter((path) => SCRIPT.test(path) && !NOT_SHIPPED.test(path) && !isClient(repo.peek(path) ?? '')),
);

/** Scripts and modules that take backups, scheduled where a clock leads to them. */
function scripts(repo: Repo): readonly Backup[] {
  return backupFiles(repo).flatMap((path) => {
    const raw = repo.peek(path) ?? '';
    const text = executedText(path, raw);
    if (kindsTaken(text).size === 0 || hasOtherTask(path, text) || isLost(path, text)) return [];
    const schedule = scheduleOf(repo, path, text);
    const isAsked = urlOf(path) !== undefined || ANSWERS.test(text);
    if (schedule === undefined && isAsked) return [];
    return [{ path, at: startOf(text), covers: storesTaken(text, path, storesOf(repo)), schedule }];
  });
}

function hasOtherTask(path: string, text: string): boolean {
  const name = basename(path);
  return OTHER_TASKS.test(name) && !(/backup|dump/i.test(name) && MAKES_ONE.test(text));
}

/** A function of a script with a wider task, as the `backup` of an installer: it copies folders of services by name. */
function functions(repo: Repo): readonly Backup[] {
  return repo
    .find(/\.(sh|bash)$/)
    .filter((path) => !BACKUP_FILE.test(path) && !NOT_SHIPPED.test(path) && repo.mentions(path, 'ackup'))
    .flatMap((path) => {
      const whole = executedText(path, repo.peek(path) ?? '');
      const at = whole.search(/^[ \t]*(?:function[ \t]+)?(?!restore)\w{0,40}backup\w{0,40}[ \t]*\(\)/im);
      if (at === -1) return [];
      const text = withHelpers(whole, bodyAt(whole, at));
      const clock = clocksOf(repo).find((each) =>
        new RegExp(`${escaped(basename(path))}[^\\n]{0,200}backup`, 'i').test(each.text),
      );
      return [{ path, at, covers: copiedBy(repo, path, text), schedule: clock?.path }];
    });
}

/** A function of a shell script up to the bracket that closes it, at the indent at which it begins. */
function bodyAt(text: string, at: number): string {
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const end = text.indexOf(`\n${indent}}`, at);
  return end === -1 ? text.slice(at) : text.slice(at, end);
}

/** A body with those of the functions of the script that it names. */
function withHelpers(script: string, body: string): string {
  const helpers = [...script.matchAll(/^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)/gm)].filter(
    ({ 1: name = '' }) => new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(body),
  );
  return [body, ...helpers.map(({ index }) => bodyAt(script, index))].join('\n');
}

function copiedBy(repo: Repo, path: string, text: string): readonly Store[] {
  const taken = storesTaken(text, path, storesOf(repo));
  if (!kindsTaken(text).has('files')) return taken;
  const named = storesOf(repo).filter(
    ({ service }) =>
      service !== undefined && new RegExp(`(?<![\\w-])${escaped(service)}(?![\\w-])`).test(text),
  );
  return [...new Set([...taken, ...named])];
}

function startOf(text: string): number {
  const index = text.search(
    /\bschedule\w*\(|createBackup|\bpg_dump|mysqldump|mongodump|\.backup\b|VACUUM INTO|copyFile|docker cp/i,
  );
  return Math.max(index, 0);
}
