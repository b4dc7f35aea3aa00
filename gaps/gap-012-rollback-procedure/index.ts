import { defineGap, type Finding, notApplicable } from '../../src/contract.ts';
import { type Deployment, deploymentsOf, notDeployedReason } from '../../src/read/deploy/deployments.ts';
import { checksOf } from './checks.ts';
import { goesBackByItself } from './hosts.ts';
import { overwrittenImages } from './images.ts';
import { type Procedure, proceduresOf } from './procedure.ts';
import { stepsFor } from './steps.ts';

type Code = 'no-procedure' | 'image-overwritten' | 'dead-reference';

export default defineGap({
  meta: {
    id: 'GAP-012',
    slug: 'rollback-procedure',
    title: 'Rollback procedure documentation',
    problem: 'Nobody has written down how to undo a deployment, and nothing is kept to go back to.',
    looksFor:
      'Deployments without a written way back, ways back that name files or services that do not exist, and images that the next build overwrites.',
    category: 'Deployment',
    priority: 'P2',
    effort: '30 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-procedure':
        'This deploys ({{how}}), and no document or script says how to go back to what ran before.',
      'image-overwritten':
        'The image of {{service}} is built in place and carries no version, so the one before is gone after the next build.',
      'dead-reference': 'The way back described here names {{name}}, which is not in the repository.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-012',
      'https://docs.docker.com/reference/compose-file/services/#image',
      'https://sre.google/sre-book/release-engineering/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const deployments = deploymentsOf(repo);
    if (deployments.length === 0) return notApplicable(notDeployedReason(repo));
    if (goesBackByItself(deployments))
      return {
        findings: [],
        reason: `${hostsOf(deployments)} and puts one back`,
      };
    const procedures = proceduresOf(repo);
    const images = overwrittenImages(repo).map(
      ({ path, at, service }): Finding<Code> => ({
        code: 'image-overwritten',
        path,
        at,
        data: { service },
      }),
    );
    const written = procedures.length === 0 ? missing(deployments) : procedures.flatMap(deadReferences);
    const reason = procedures[0] && `the way back is written in ${procedures[0].path}`;
    return { findings: [...written, ...images], ...(reason ? { reason } : {}) };
  },

  apply: (_state, findings) => ({ edits: [], manual: stepsFor(findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function hostsOf(deployments: readonly Deployment[]): string {
  const names = [...new Set(deployments.map(({ how }) => how))];
  return names.length === 1
    ? `${names[0]} keeps earlier deployments`
    : `each of ${names.join(', ')} keeps earlier deployments`;
}

/** Once for the way that people go, which is a script before the stack that it starts. */
function missing(deployments: readonly Deployment[]): readonly Finding<Code>[] {
  const order = ['script', 'workflow', 'compose', 'platform'] as const;
  const first = [...deployments].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];
  const how = [...new Set(deployments.map((each) => each.how))].join(', ');
  return first ? [{ code: 'no-procedure', path: first.path, at: 0, data: { how } }] : [];
}

function deadReferences({ path, at, missing: files, strangers }: Procedure): readonly Finding<Code>[] {
  return [...files, ...strangers.map((name) => `the service ${name}`)].map((name) => ({
    code: 'dead-reference',
    path,
    at,
    data: { name },
  }));
}
