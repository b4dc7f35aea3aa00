import type { Repo } from '../../contract.ts';
import { oncePer } from '../../repo/once.ts';
import { executedText } from './executed-text.ts';

/** Every path that the next pattern matches, and others: quicker to look for. */
const MAY_BE_CLOCK = /cron|\.(?:ya?ml|json|toml|sh|bash|timer)$|dockerfile/i;
const CLOCK_FILE =
  /(^|\/)(crontabs?|cron(\.d|tab)?)(\/|$)|\.(cron|crontab|timer)$|(^|\/)cron[\w-]*(\.txt)?$|(^|\/)\.github\/workflows\/[^/]*\.ya?ml$|(^|\/)\.gitlab-ci\.ya?ml$|(^|\/)(vercel|render|fly|railway)\.(json|ya?ml|toml)$|(cronjob|backup)[\w.-]*\.ya?ml$|(^|\/)[\w.-]*(setup|install|provision|bootstrap|deploy|entrypoint|backup|start|run)[\w.-]*\.(sh|bash)$|(^|\/)Dockerfile[\w.-]*$/i;
/** What makes a file of these a clock. A cron line has five fields and a command. */
const CLOCK =
  /^[ \t]*(?:-[ \t]*)?cron:[ \t]*|"schedule"[ \t]*:|\bschedule:[ \t]*['"]?[\d*@]|kind:[ \t]*CronJob|\bcrontab[ \t]+-|\/etc\/cron|^[ \t]*OnCalendar=|^[^#\n]{0,200}?(?<![\d*,/-])(?:[\d*,/-]{1,40}[ \t]+){5}\S{0,200}[/\w]|^[ \t]*@(?:daily|hourly|weekly)\s|while[ \t]+(?:true|:)[\s\S]{0,400}?sleep|litestream[ \t]+replicate/m;

/** A file that starts something on a clock. */
export interface Clock {
  readonly path: string;
  /** What of it is run: offsets stay. */
  readonly text: string;
}

/** Files that start something on a clock and speak of backups; comments and `.disabled` files do not. */
export const clocksOf = oncePer((repo: Repo): readonly Clock[] =>
  repo.find(MAY_BE_CLOCK).flatMap((path) => {
    if (!CLOCK_FILE.test(path)) return [];
    if (!repo.mentions(path, /backup|dump|litestream|restic|borg|snapshot|VACUUM|sqlite/i)) return [];
    const text = executedText(path, repo.peek(path) ?? '');
    return CLOCK.test(text) ? [{ path, text }] : [];
  }),
);
