import { blankComments } from '../code/comments.ts';

const SCRIPT_CODE = /\.[cm]?[jt]sx?$/;
/** Prints what follows: whatever it names is not run. */
const PRINTS =
  /^[ \t]*(?:-[ \t]+)?(?:run:[ \t]*)?(?:[^\s|;&"']{1,40}[ \t]*(?:&&|\|\||;|then)[ \t]+)?(?:echo|printf|cat[ \t]+<<|info|warn|error|log\w*|print\w*|say|notice|usage|help|die|fail)\b/;
/** A text of several lines that is shown: `cat <<EOF`. One that goes into a file or a program may be run. */
const HEREDOC = /<<-?[ \t]*(["']?)(\w+)\1/;
const SHOWS = /(?<!\$\()\b(?:cat|usage|help|print\w*|echo|tee[ \t]+\/dev\/stderr)[ \t]*<</;
const LEADS = />[ \t]*(?!&2|\/dev\/)[\w"'$/.~]|\|/;
/** Orders that are written down for a clock. */
const CRON = /\bcrontab\b|\/cron|cron\.d\b|\.timer\b|systemd/;

/** What of a file is run: without comments, and without what a shell script only prints. Offsets stay. */
export function executedText(path: string, text: string): string {
  if (SCRIPT_CODE.test(path)) return withoutMessages(blankComments(text));
  return withoutPrinted(text.replace(/^[ \t]*#.*$/gm, blanks));
}

function withoutPrinted(text: string): string {
  let open: string | undefined;
  return text
    .split('\n')
    .map((line, index, lines) => {
      if (open !== undefined) {
        if (line.trim() === open) open = undefined;
        return blanks(line);
      }
      const word = HEREDOC.exec(line)?.[2];
      if (word !== undefined && isShown(line, lines[index - 1])) open = word;
      return PRINTS.test(line) ? keepPipe(line) : line;
    })
    .join('\n');
}

/** What a substitution collects is a value: `$(` at the end of the line above. */
function isShown(line: string, above = ''): boolean {
  return SHOWS.test(line) && !LEADS.test(line) && !above.trimEnd().endsWith('$(');
}

/** Up to what ends a command, outside of quotes. */
const COMMAND = /^(?:[^"'|;&]|"(?:[^"\\]|\\.)*"|'[^']*'|[0-9]?>&|&>)*/;
/** Takes what is printed for its orders. */
const OBEYS =
  /^\|[ \t]*(?:sudo[ \t]+)?(?:crontab|tee|psql|mysql|sqlite3|mongosh?|redis-cli|ssh|ba?sh|sh|docker|kubectl)\b/;

/** `echo x && program`: what follows is run, and what is printed for a program is, too. */
function keepPipe(line: string): string {
  const end = COMMAND.exec(line)?.[0].length ?? 0;
  const rest = line.slice(end);
  return OBEYS.test(rest) || CRON.test(line) ? line : blanks(line.slice(0, end)) + rest;
}

/** What code says to people: a message, a description, an error. */
const SAYS =
  /\b(?:console|log(?:ger)?|program|yargs|chalk)\.\w+\([^\n]*|\bnew \w*Error\([^\n]*|\.(?:description|usage|summary|example|epilog(?:ue)?)\([^\n]*|\b(?:description|help|usage|label|title|placeholder|message)\s*[:=]\s*['"`][^\n]*/g;

function withoutMessages(code: string): string {
  return code.replace(SAYS, blanks);
}

function blanks(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
