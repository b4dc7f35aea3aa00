import { basename } from '../repo/paths.ts';
import type { Repo } from '../repo/repo.ts';

/** A name that may hold a runbook or a register; the content decides. Reading every document would cost too much. */
const RUNBOOK_NAME = /runbook|gap|audit|remediation|readiness/i;
const REGISTER_NAME = /gap|register|audit|remediation|readiness/i;

const GAP_HEADINGS = /^ {0,3}#{2,4} +GAP-\d{3}\b/gm;
const ORDER_HEADING = /^ {0,3}#{1,4} +Execution Order\b/im;

/** The runbook of the target: the Markdown file that describes most gaps and puts them in order. */
export function findRunbook(repo: Repo): string | undefined {
  const candidates = repo
    .find(/\.(md|markdown)$/i)
    .filter((path) => RUNBOOK_NAME.test(basename(path)))
    .map((path) => ({ path, gaps: countGaps(repo.peek(path) ?? '') }))
    .filter(({ gaps }) => gaps > 0);
  return candidates.sort((a, b) => b.gaps - a.gaps)[0]?.path;
}

function countGaps(text: string): number {
  return ORDER_HEADING.test(text) ? (text.match(GAP_HEADINGS)?.length ?? 0) : 0;
}

/** The gap register of the target: the CSV file whose header has gap_id and priority. Of two, the first. */
export function findRegister(repo: Repo): string | undefined {
  return repo
    .find(/\.csv$/i)
    .filter((path) => REGISTER_NAME.test(basename(path)))
    .find((path) => {
      const [header = ''] = (repo.peek(path) ?? '').split('\n', 1);
      return /\bgap_id\b/i.test(header) && /\bpriority\b/i.test(header);
    });
}
