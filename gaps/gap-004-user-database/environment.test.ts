import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/contract.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';
import { SAMPLE } from './testing/sample.ts';

const STACK = 'infra/docker-compose.prod.yml';
const EXAMPLE = 'infra/.env.production.example';
const OPEN = ['blank-environment'];
const OPTION = ' --env-file infra/.env.production';

/** An app that keeps its users, deployed with a stack of its own. */
const KEPT: Tree = {
  'web/package.json': '{ "dependencies": { "next": "14.0.4", "next-auth": "4.24.5" } }',
  'web/app/page.tsx': 'export default function Page() { return null; }\n',
  'web/lib/auth.ts': `import NextAuth from 'next-auth';
import { PrismaAdapter } from '@auth/prisma-adapter';
export default NextAuth({ adapter: PrismaAdapter(prisma), providers: [], secret: process.env.NEXTAUTH_SECRET });
export const key = process.env.MAIL_KEY;
`,
  'web/app/api/auth/[...nextauth]/route.ts': `import handler from '../../../../lib/auth';
export { handler as GET, handler as POST };
`,
  'web/Dockerfile': 'FROM node:20\nARG NEXT_PUBLIC_DSN\nCMD ["node", "server.js"]\n',
  [EXAMPLE]: 'NEXTAUTH_SECRET=change-me\nMAIL_KEY=\nDSN=\nNEXT_PUBLIC_DSN=\n',
};

const LIST = ['environment:', '  - A=1', '  - NEXTAUTH_SECRET=${NEXTAUTH_SECRET}'];
const CALL = `docker compose -f ${STACK} up -d\n`;

function stack(lines: readonly string[], build: readonly string[] = []): string {
  const all = ['build:', '  context: ../web', ...build, 'env_file:', '  - .env.production', ...lines];
  return `services:\n  web:\n${all.map((line) => `    ${line}\n`).join('')}`;
}

function tree(script: string, lines: readonly string[] = LIST, more: Tree = {}): Tree {
  return { ...KEPT, 'deploy.sh': `#!/bin/sh\n${script}`, [STACK]: stack(lines), ...more };
}

const PORT: Tree = { [EXAMPLE]: 'PORT=3001\n' };
const HEALTH = [
  'expose: ["3000"]',
  'healthcheck:',
  '  test: ["CMD", "wget", "http://127.0.0.1:3000/api/health"]',
];

const closed = { closed: true } as const;

testGap(gap, import.meta.url, {
  'every call of a script with the path written out': {
    files: tree(
      `docker compose -f ${STACK} build\ndocker-compose --file ${STACK} up -d\ndocker compose version\n`,
    ),
    open: OPEN,
  },
  'a script that has the env file in a variable, in braces': {
    files: tree(
      `HERE="$(cd "$(dirname "$0")" && pwd)"\nSTACK="\${HERE}/${STACK}"\nSETTINGS="\${HERE}/infra/.env.production"\nC="docker compose"\n\${C} -f "\${STACK}" up -d\necho "\${C} -f \${STACK} logs"\n`,
    ),
    open: OPEN,
  },
  'a script that has the Compose file alone in a variable': {
    files: tree(`S=${STACK}\ndocker compose -f $S up -d\ndocker compose -f "$S" ps\n`),
    open: OPEN,
  },
  'a script that puts the path together from two variables': {
    files: tree(
      `ROOT=$(cd "$(dirname "$0")" && pwd)\nS=${STACK}\nin_stack() { docker compose -f "$ROOT/$S" "$@"; }\nin_stack up -d\n`,
    ),
    open: OPEN,
  },
  'a script that goes to the folder of the stack': {
    files: tree('cd infra\ndocker compose up -d\n', LIST, {
      'infra/docker-compose.yml': stack(LIST),
      [STACK]: 'services: {}\n',
    }),
    open: OPEN,
  },
  'another env file is named already and has the last word': {
    files: tree(`docker compose --env-file infra/more.env -f ${STACK} up -d\n`, LIST, {
      'infra/more.env.example': 'OTHER=1\n',
    }),
    open: OPEN,
  },
  'a stack that is started on another machine': {
    files: tree(`ssh host "cd /srv && docker compose -f ${STACK} up -d"\n`),
    open: OPEN,
  },
  'the stack is named in the environment of Compose': {
    files: tree(`export COMPOSE_FILE=${STACK}\ndocker compose up -d\n`),
    open: OPEN,
  },
  'a map on another machine': {
    files: tree(`ssh host "docker compose -f ${STACK} up -d"\n`, [
      'environment:',
      '  NEXTAUTH_SECRET: ${NEXTAUTH_SECRET}',
      '  A: "1" # stays',
      '  MAIL_KEY: "$MAIL_KEY"',
    ]),
    open: OPEN,
  },
  'what is read today would be lost': {
    files: tree(CALL, [...LIST, '  - B=${B}'], { 'infra/.env.example': 'B=1\n' }),
    open: OPEN,
  },
  'the last line of its list on another machine': {
    files: tree(`ssh host "docker compose -f ${STACK} up -d"\n`, [
      'environment:',
      `  - ${LIST[2]?.slice(4)}`,
    ]),
    open: OPEN,
    manual: true,
  },
  'a longer value on another machine': {
    files: tree(`ssh host "docker compose -f ${STACK} up -d"\n`, [
      'environment:',
      '  - A=1',
      '  - MAIL_KEY=x-${MAIL_KEY}',
    ]),
    open: OPEN,
    manual: true,
  },
  'a build argument, and one that no example names': {
    files: tree(CALL, [], {
      'web/lib/dsn.ts': 'export const dsn = [process.env.NEXT_PUBLIC_DSN, process.env.NEXT_PUBLIC_MAP];\n',
      [STACK]: stack(
        [],
        ['  args:', '    NEXT_PUBLIC_DSN: ${NEXT_PUBLIC_DSN:-}', '    NEXT_PUBLIC_MAP: ${NEXT_PUBLIC_MAP}'],
      ),
    }),
    open: OPEN,
  },
  'the env file sets the port of another service': {
    files: tree(CALL, [...HEALTH, 'environment:', '  - A=1'], PORT),
    open: ['foreign-port'],
  },
  'the port of another service, with a map': {
    files: tree(CALL, [...HEALTH, 'environment:', '  A: "1"'], PORT),
    open: ['foreign-port'],
  },
  'the port of another service, with nothing of its own': {
    files: tree(CALL, [...HEALTH], PORT),
    open: ['foreign-port'],
  },
  'the port of another service, in flow style': {
    files: tree(CALL, [...HEALTH, 'environment: { A: "1" }'], PORT),
    open: ['foreign-port'],
  },
  'the port is its own': { files: tree(CALL, [...HEALTH, 'environment: ["PORT=3000"]'], PORT), ...closed },
  'the port is what is asked': { files: tree(CALL, ['expose: ["3001"]'], PORT), ...closed },
  'nobody asks for a port': { files: tree(CALL, [], PORT), ...closed },
  'the env file is named': {
    files: tree(`docker compose --env-file infra/.env.production -f ${STACK} up -d\n`),
    ...closed,
  },
  'the env file is exported': { files: tree(`set -a\n. infra/.env.production\nset +a\n${CALL}`), ...closed },
  'the env file is copied to where Compose looks': {
    files: tree(`cp infra/.env.production infra/.env\n${CALL}`),
    ...closed,
  },
  'an example of .env has it': {
    files: tree(CALL, LIST, { 'infra/.env.example': 'NEXTAUTH_SECRET=\n' }),
    ...closed,
  },
  'no script starts the stack': { files: { ...tree(''), 'deploy.sh': 'echo\n' }, ...closed },
  'the app does not read it': { files: tree(CALL, ['environment:', '  - DSN=${DSN}']), ...closed },
  'nothing documents it': {
    files: tree(CALL, ['environment:', '  - MAIL_KEY=${MAIL_KEY}'], { [EXAMPLE]: 'A=\n' }),
    ...closed,
  },
  'a default is a decision': {
    files: tree(CALL, ['environment:', '  - MAIL_KEY=${MAIL_KEY:-none}']),
    ...closed,
  },
});

function fixOf(files: Tree): Fix {
  const repo = createRepo(memorySource(files));
  const wanted = findingsIn(gap, repo).filter(({ code }) => code === 'blank-environment');
  return fixIn(gap, repo, wanted);
}

const steps = (files: Tree) => fixOf(files).manual?.map(({ title, why }) => `${title} (${why})`) ?? [];

describe('what a person is told', () => {
  test('the sample: one call, and what else changes', () => {
    expect(fixOf(SAMPLE).edits).toMatchObject([
      {
        path: 'deploy.sh',
        spans: [
          { text: ' --env-file "$settings"' },
          { text: expect.stringMatching(/dirname "\$settings"\)\/\.env" \].*NEXTAUTH_SECRET/s) },
        ],
      },
      { path: STACK, spans: [{ text: OPTION }, { text: OPTION }] },
      { path: EXAMPLE, spans: [{ text: expect.stringMatching(/^# REDIS_PASSWORD=$/m) }] },
    ]);
    expect(fixOf(SAMPLE).alsoChanges?.join()).not.toMatch(/volume/);
    expect(steps(SAMPLE).join('\n')).toMatch(
      /^Before the next deployment, read infra\/\.env\.production .*\(CORS_ORIGIN, LOG_LEVEL as well\), and no longer from infra\/\.env/,
    );
  });

  test('what goes and what comes at the end of a list do not get into each other', () => {
    const repo = createRepo(
      memorySource({
        ...SAMPLE,
        'deploy.sh': `ssh host "docker compose -f ${STACK} up -d"\n`,
        [STACK]: (SAMPLE[STACK] ?? '').replace(/ {6}- UEF_ENDPOINT=.*\n/, ''),
      }),
    );
    const { edits } = fixIn(gap, repo);
    const edit = edits.find(({ path }) => path === STACK);
    const text = edit?.kind === 'splice' ? applySpans(STACK, repo.text(STACK), edit.spans) : '';
    expect(text).toMatch(/- NODE_ENV=production\n {6}- LUC_DATA_DIR=\/app\/data\/luc\n {4}healthcheck:/);
  });

  test('a password of Redis that changes is no trouble', () => {
    const services = `${stack(LIST)}  redis:\n    image: redis\n    command: redis-server --requirepass \${REDIS_PASSWORD:-weak}\n`;
    const files = tree(CALL, LIST, { [STACK]: services, [EXAMPLE]: 'NEXTAUTH_SECRET=\nREDIS_PASSWORD=\n' });
    expect(steps(files).join('\n')).toMatch(/\(REDIS_PASSWORD as well\).*Redis takes its password/);
  });

  test('other places that start the stack are named, with their lines', () => {
    const files = tree(CALL, LIST, {
      'README.md': `# Deploy\n\n    docker compose -f ${STACK} up -d\n    docker compose -f ${STACK} logs\n`,
      'infra/aims.service': `[Service]\nExecStart=/usr/bin/docker compose -f /srv/${STACK} up\n`,
      'docs/good.md': `docker compose --env-file x -f ${STACK} up\n`,
    });
    expect(steps(files).join('\n')).toMatch(/start the stack in README\.md:3, infra\/aims\.service:2 \(/);
  });

  test('what would be lost is named where no line can go', () => {
    const files = tree(CALL, ['environment:', '  - A=1', '  - MAIL_KEY=x-${MAIL_KEY}', '  - B=${B}'], {
      'infra/.env.example': 'B=1\n',
    });
    expect(fixOf(files).edits).toEqual([]);
    expect(steps(files).join('\n')).toMatch(/--env-file infra\/\.env\.production, after B moved into it/);
  });

  test('commands that are only shown name the file as well', () => {
    const shown = `C="docker compose"
S=${STACK}
E=infra/.env.production
# docker compose -f ${STACK} down
$C -f "$S" up -d
info "Logs: $C -f $S logs -f"
echo 'docker-compose -f ${STACK} down'
trap "$C -f $S down" EXIT
`;
    const files = tree(shown, LIST, {
      [STACK]: `# By hand:\n#   docker compose -f ${STACK} down\n#   docker compose -f other.yml down\n${stack(LIST)}`,
    });
    const repo = createRepo(memorySource(files));
    const [script, compose] = ['deploy.sh', STACK].map((path) => {
      const edit = fixOf(files).edits.find((each) => each.path === path);
      return edit?.kind === 'splice' ? applySpans(path, repo.text(path), edit.spans) : '';
    });
    expect(script).toContain(`# docker compose --env-file infra/.env.production -f ${STACK} down\n`);
    expect(script).toContain('info "Logs: $C --env-file $E -f $S logs -f"\n');
    expect(script).toContain(`echo 'docker-compose --env-file infra/.env.production -f ${STACK} down'\n`);
    expect(script).toContain('trap "$C -f $S down" EXIT\n');
    expect(compose).toContain(
      `#   docker compose --env-file infra/.env.production -f ${STACK} down\n#   docker compose -f other.yml down\n`,
    );
  });

  test('the example names what the stack was filled with from .env', () => {
    const lines = [
      'environment:',
      '  - A=$OWN',
      '  - NEXTAUTH_SECRET=${NEXTAUTH_SECRET}',
      '  - T=${A_TOKEN}',
    ];
    const more = 'image: x$${!}${HOME}${E}${URL:-http://n8n}${B_PASSWORD:-weak} # ${B_PASSWORD}';
    const files = tree(`export OWN=1\n${CALL}`, lines, {
      [STACK]: `# \${NOTED}\n${stack(lines)}  redis:\n    ${more}\n`,
      [EXAMPLE]: 'NEXTAUTH_SECRET=\n# E=\n',
    });
    const edit = fixOf(files).edits.find(({ path }) => path === EXAMPLE);
    expect(edit?.kind === 'splice' ? edit.spans.map(({ text }) => text) : []).toEqual([
      `# Compose fills these into ${STACK} and finds them only here. Uncomment those that you set.
# A_TOKEN=
# URL=http://n8n
# Their defaults are published: set a value of your own.
# B_PASSWORD=
`,
    ]);
  });
});
