import type { Finding, GapMeta } from '../contract.ts';
import type { Repo } from '../repo/repo.ts';
import { type Position, positionsIn } from '../repo/text.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ReportedFinding } from './results.ts';

/** Turns findings into what is reported, in the order they were found. */
export function reportFindings(
  meta: GapMeta,
  repo: Repo,
  findings: readonly Finding[],
): readonly ReportedFinding[] {
  const seen = new Map<string, number>();
  const positionOf = positionsOf(repo);
  return findings.map((finding) => {
    const identity = identityOf(meta, finding);
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    const message = meta.messages[finding.code] ?? finding.code;
    return {
      code: finding.code,
      message: fill(typeof message === 'string' ? message : message.text, finding),
      path: finding.path,
      ...(finding.at === undefined ? {} : positionOf(finding.path, finding.at)),
      // Survives moved lines: the nth finding of the same kind with the same data in the same file.
      fingerprint: fingerprintOf(`${identity}#${ordinal}`),
      note: typeof message !== 'string',
    };
  });
}

/** What a finding is, wherever it stands in its file: gap, code, path and data. */
export function identityOf({ id }: Pick<GapMeta, 'id'>, finding: Finding): string {
  return JSON.stringify([id, finding.code, finding.path, sortedData(finding)]);
}

/** Fills `{{path}}` and `{{name}}` from the finding; a name that the data lacks stays, for the tests to catch. */
export function fill(message: string, finding: Finding): string {
  return message.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    name === 'path' ? finding.path : (finding.data?.[name] ?? whole),
  );
}

function sortedData({ data }: Finding): readonly (readonly [string, string])[] {
  return Object.entries(data ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Findings come file by file, so that each file's lines are counted once. */
function positionsOf(repo: Repo): (path: string, offset: number) => Position {
  const files = new Map<string, (offset: number) => Position>();
  return (path, offset) => {
    const at = files.get(path) ?? positionsIn(repo.peek(path) ?? repo.text(path));
    files.set(path, at);
    return at(offset);
  };
}
