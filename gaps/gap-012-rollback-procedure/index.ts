import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect, unitOf } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-012',
    slug: 'rollback-procedure',
    title: 'Rollback procedure documentation',
    problem: 'Nobody has written down how to undo a deployment, and nothing is kept to go back to.',
    looksFor:
      'Deployments without a written way back, ways back that name files or services that do not exist, images that the next build overwrites, and deployments that delete the images of earlier ones.',
    category: 'Deployment',
    priority: 'P2',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: [
      'docs/deployment-runbook.md',
      'scripts/{release-common,rollback}.sh',
      '.gitignore',
      '**/*compose*.{yml,yaml}',
      '**/*.{sh,bash}',
    ],
    messages: {
      'no-procedure':
        'This deploys ({{how}}), and no document or script says how to go back to what ran before.',
      'image-overwritten':
        'The image of {{service}} is built in place and carries no version, so the one before is gone after the next build.',
      'releases-pruned':
        'This deletes every image that no container uses, and with them the releases that a deployment could be taken back to.',
      'dead-reference': 'The way back described here names {{name}}, which is not in the repository.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-012',
      'https://docs.docker.com/reference/compose-file/services/#image',
      'https://sre.google/sre-book/release-engineering/',
    ],
  },

  read,
  detect,
  unitOf,
  apply,
  verify,
});
