import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const PLAN = `# Incident response

An alert of the monitor goes to the telephone of whoever is on call this week.

## Severity

SEV1: nobody can order. Answered within fifteen minutes, at any hour.

## Who is called

The one on call leads; after half an hour without progress the contact is Ada, then Grace.

## What is done

Go back to the release before. If data is damaged, restore the backup of the night.

## Who is told

The lead writes to the status page every half hour.

## Afterwards

A post-mortem without blame within a week.
`;

function deployed(more: Tree): Tree {
  return { 'vercel.json': '{}', ...more };
}

const WORDS = `\n${'Look at the board, at the last release and at the disk before anything is touched.\n'.repeat(30)}\n`;
const STACK = {
  'package.json': '{ "scripts": { "migrate": "node migrate.js" } }',
  'docker-compose.prod.yml': 'services:\n  web:\n    image: web\n',
};

/** The plan without what stands between these words. */
function without(from: string, to: string): string {
  return PLAN.slice(0, PLAN.indexOf(from)) + PLAN.slice(PLAN.indexOf(to));
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'there is no plan': { files: deployed({ 'README.md': '# Shop\n' }), open: ['no-plan'], manual: true },
  'the plan ends with the fix': {
    files: deployed({ 'docs/incident-response.md': PLAN.slice(0, PLAN.indexOf('## Who is told')) }),
    open: ['missing-part', 'missing-part'],
    manual: true,
  },
  // Looks closed.
  'the plan is a form': {
    files: deployed({
      'docs/incidents.md':
        '# Incident response\n\nOn call: [name], [phone]. Severity: TBD. Escalate to <name>. Restart: TBD. Post-mortem: ____\n',
    }),
    open: ['unfilled-plan'],
    manual: true,
  },
  'the plan is a template by its name': {
    files: deployed({ 'docs/incident-response-template.md': PLAN }),
    open: ['unfilled-plan'],
    manual: true,
  },
  'the long plan does not say whom to call': {
    files: deployed({
      'docs/incident-response.md': `${PLAN.replace('Ada, then Grace', '[name], phone <phone>')}${WORDS}Owner: TBD\n`,
    }),
    open: ['blank-place', 'blank-place'],
    manual: true,
  },
  'the plan is that of another application': {
    files: deployed({
      'docs/incident-response.md': `${PLAN}\n\`\`\`sh\ndocker compose -f infra/prod.yml restart billing-api\n./scripts/heal.sh\n\`\`\`\n\nThen \`npm run heal\`.\n`,
      ...STACK,
    }),
    open: ['unknown-name', 'unknown-name', 'unknown-name'],
    manual: true,
  },
  'somebody wrote down what happened once': {
    files: deployed({
      'docs/outage-2025-03-03.md': PLAN.replace('# Incident response', '# Outage of 3 March'),
    }),
    open: ['no-plan'],
    manual: true,
  },
  'an article for customers teaches how to plan': {
    files: deployed({ 'src/content/guides/incident-management.mdx': PLAN }),
    open: ['no-plan'],
    manual: true,
  },
  'nobody is told': {
    files: deployed({ 'docs/incident-response.md': without('## Who is told', '## Afterwards') }),
    open: ['missing-part'],
    manual: true,
  },
  'the plan starts with the severity': {
    files: deployed({ 'docs/incident-response.md': without('An alert', '## Severity') }),
    open: ['missing-part'],
    manual: true,
  },
  'a section of a handbook leaves out what the next one says': {
    files: deployed({
      'HANDBOOK.md': `# Handbook\n\n#${without('## Who is told', '## Afterwards').replaceAll('\n## ', '\n### ')}\n## Sales\n\nCustomers get a discount.\n`,
    }),
    open: ['missing-part'],
    manual: true,
  },
  'incidents are a feature of the product': {
    files: deployed({
      'docs/features.md':
        '# Features\n\n## Incidents\n\nCustomers open an incident and assign it to somebody.\n',
    }),
    open: ['no-plan'],
    manual: true,
  },
  'the word stands in the code': {
    files: deployed({
      'src/incident-runbook.ts': 'export const incident = { severity: 1, contact: "x", restart: true };\n',
    }),
    open: ['no-plan'],
    manual: true,
  },
  'vulnerabilities are reported by mail': {
    files: deployed({
      'SECURITY.md':
        '# Security policy\n\nReport vulnerabilities to security@example.org; we resolve them within a week.\n',
    }),
    open: ['no-plan'],
    manual: true,
  },
  'an audit asks for one': {
    files: deployed({
      'docs/audit.md': [1, 2, 3, 4, 5]
        .map(
          (each) =>
            `## GAP-00${each}: Incident response plan\n\nThis gap: alert, severity, contact, restart, post-mortem.\n`,
        )
        .join('\n'),
    }),
    open: ['no-plan'],
    manual: true,
  },
  'the plan at its place says little, and another document more': {
    files: deployed({
      'docs/incident-response.md': `# Incident response

Whoever notices an outage restarts what has stopped, and writes into the channel of the team that it was done.
`,
      'docs/handbook.md': `# Handbook\n\n#${PLAN.replaceAll('\n## ', '\n### ')}`,
    }),
    open: ['missing-part', 'missing-part', 'missing-part', 'missing-part'],
    manual: true,
  },
  'the plan at its place is empty': {
    files: deployed({ 'docs/incident-response.md': '', 'docs/handbook.md': PLAN }),
    open: ['unfilled-plan'],
    manual: true,
  },
  'reports, tasks, a chat, and a skill of an agent speak of incidents': {
    files: deployed({
      'docs/status-report.md': `# Status report\n\n#${PLAN.replaceAll('\n## ', '\n### ')}`,
      'docs/prd.md': `# Product requirements\n\n#${PLAN.replaceAll('\n## ', '\n### ')}`,
      'docs/on-call.txt': `User: what is our plan for incidents?\n\nAssistant: for example this one.\n\n${PLAN}`,
      'skills/incident-response/guide.md': PLAN,
    }),
    open: ['no-plan'],
    manual: true,
  },
  // Closed in its ways.
  'the document at its place leads to the plan': {
    files: deployed({
      'docs/incident-response.md': '# Incident response\n\nSee [the handbook](ops/handbook.md).\n',
      'docs/ops/handbook.md': `# Handbook\n\n#${PLAN.replaceAll('\n## ', '\n### ')}`,
    }),
    closed: true,
  },
  'a stack that is not deployed cannot be read': {
    files: deployed({
      'docs/incident-response.md': `${PLAN}\nThen \`docker compose restart web\`.\n`,
      'compose.template.yml': 'services:\n  web:\n    image: {{ image }}:{{ tag }}\n   ports: {{ ports }}\n',
    }),
    closed: true,
  },
  'a document says it all': { files: deployed({ 'docs/incident-response.md': PLAN }), closed: true },
  'a section of a handbook says it all': {
    files: deployed({
      'ops/HANDBOOK.md': `# Handbook\n\nWelcome.\n\n#${PLAN.replaceAll('\n## ', '\n### ')}`,
    }),
    closed: true,
  },
  'in another format and under another name': {
    files: deployed({
      'runbooks/oncall.rst': PLAN.replace('# Incident response', 'On-call\n=======').replace(
        /^## (.*)$/gm,
        '$1\n-------',
      ),
    }),
    closed: true,
  },
  'its commands name what is here': {
    files: deployed({
      'docs/incident-response.md': `${PLAN}\n\`\`\`sh\ndocker compose -f docker-compose.prod.yml logs --tail=100 web\ndocker compose restart <service>\n../scripts/restore.sh\ncurl -fsSL https://get.example.org/install.sh\n\`\`\`\n\nThen \`npm run migrate\` and \`docker compose exec web sh\`.\n`,
      'scripts/restore.sh': 'echo\n',
      ...STACK,
    }),
    closed: true,
  },
  'its forms are empty and the plan is not': {
    files: deployed({
      'docs/incident-response.md': `${PLAN}\n## Template of a message\n\nSince [date] the service [name] is down.\n\n> Dear [name]\n`,
    }),
    closed: true,
  },
  'a template lies beside the plan': {
    files: deployed({
      'docs/incident-report-template.md': '# Incident report\n\n[name] TBD\n',
      'docs/incident-response.md': PLAN,
    }),
    closed: true,
  },
  // Not there.
  'a library': { files: { 'package.json': '{ "name": "lib" }' }, notApplicable: true },
});
