import type { Check, Detection, Finding, Fix, Gap, GapMeta, Repo, Subject } from '../../src/contract.ts';
import { defineGap } from '../../src/contract.ts';

/** A gap whose state is the repository itself, for tests of what stands around the gaps. */
export interface RepoVerbs {
  readonly meta: GapMeta;
  readonly options?: Gap['options'];
  unitOf?(finding: Finding): string;
  detect(repo: Repo): Detection;
  apply(repo: Repo, wanted: readonly Finding[], options: Readonly<Record<string, unknown>>): Fix;
  verify(repo: Repo): readonly Check[];
  isSettled?(repo: Repo, about: string): boolean;
}

/** The gap of these verbs. */
export function repoGap({ meta, options, unitOf, ...verbs }: RepoVerbs): Gap {
  return defineGap({
    meta,
    ...(options ? { options } : {}),
    ...(unitOf ? { unitOf } : {}),
    read: (repo) => ({ repo }),
    detect: ({ repo }) => verbs.detect(repo),
    apply: ({ repo }, wanted, given) => verbs.apply(repo, wanted, given),
    verify: ({ repo }) => verbs.verify(repo),
    isSettled: ({ repo }, about) => verbs.isSettled?.(repo, about) ?? false,
  });
}

/** What the gap answers about a repository, whichever verb decides it. */
export function detectionOf(gap: Gap, repo: Repo): Detection {
  const subject = gap.read(repo);
  return subject.kind === 'subject' ? subject.detect() : subject;
}

/** What the gap finds; nothing where it does not apply. */
export function findingsIn(gap: Gap, repo: Repo): readonly Finding[] {
  const detection = detectionOf(gap, repo);
  return 'findings' in detection ? detection.findings : [];
}

/** What apply does about these findings, by default about all of them. */
export function fixIn(
  gap: Gap,
  repo: Repo,
  wanted: readonly Finding[] = findingsIn(gap, repo),
  options: Readonly<Record<string, unknown>> = {},
): Fix {
  const subject = gap.read(repo);
  return subject.kind === 'subject' ? subject.apply(wanted, options) : { edits: [] };
}

/** The gap's own checks. */
export function checksIn(gap: Gap, repo: Repo): readonly Check[] {
  const subject = gap.read(repo);
  return subject.kind === 'subject' ? subject.verify() : [];
}

/** The same gap with other verbs. */
export function withSubject(gap: Gap, change: (subject: Subject, repo: Repo) => Subject): Gap {
  return {
    ...gap,
    read: (repo) => {
      const subject = gap.read(repo);
      return subject.kind === 'subject' ? change(subject, repo) : subject;
    },
  };
}
