import type { NextApp, Repo } from '../../src/contract.ts';
import { addVariable, type EnvVariable } from '../../src/edit/dotenv.ts';
import { insertion, type Spans } from '../../src/edit/outcome.ts';
import { lineStart } from '../../src/edit/ts-file.ts';
import { addYamlEntry, addYamlItem } from '../../src/edit/yaml-entry.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { instructionsOf } from '../../src/read/dockerfile.ts';
import { exampleFilesOf } from '../../src/read/example-files.ts';
import { dirname, isInside, join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { Part } from './part.ts';
import { isStaticExport } from './static-export.ts';
import { composeStep, imageStep } from './steps.ts';

/** What the build writes into the browser's code. */
const CLIENT_DSN = 'NEXT_PUBLIC_SENTRY_DSN';
const BUILDS = /\b(npm|pnpm|yarn|bun)\b.*\bbuild\b|\bnext build\b/;

/** The DSN of the browser reaches the build in the image, and every example names the variables. */
export function buildParts(repo: Repo, app: NextApp): readonly Part[] {
  return [...imageParts(repo, app), ...composeParts(repo, app), ...exampleParts(repo, app)];
}

function imageParts(repo: Repo, app: NextApp): readonly Part[] {
  const path = join(app.dir, 'Dockerfile');
  if (!repo.exists(path) || repo.text(path).includes(CLIENT_DSN)) return [];
  const text = repo.text(path);
  const builds = instructionsOf(text).filter(({ keyword, words }) => keyword === 'RUN' && BUILDS.test(words));
  const [build] = builds;
  if (!build || builds.length > 1) return [{ manual: [imageStep(path)] }];
  const lines = [
    "# The build writes it into the browser's code; without it the browser reports no errors.",
    `ARG ${CLIENT_DSN}`,
    `ENV ${CLIENT_DSN}=$${CLIENT_DSN}`,
  ];
  const at = aboveComments(text, build.start);
  return [{ patches: [{ path, spans: [insertion(at, `${lines.join('\n')}\n\n`)] }] }];
}

function aboveComments(text: string, at: number): number {
  const start = lineStart(text, at);
  const before = lineStart(text, start - 1);
  return start > 0 && /^\s*#/.test(text.slice(before, start)) ? aboveComments(text, before) : start;
}

/** The Compose files that are deployed, or all of them where none is known to be. */
function composeParts(repo: Repo, app: NextApp): readonly Part[] {
  if (!repo.exists(join(app.dir, 'Dockerfile'))) return [];
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap(({ path }) =>
      composeModel(repo, { path })
        .services.filter(({ build }) => build === app.dir)
        .map((service): Part => {
          const outcome = argumentSpans(path, repo.text(path), service);
          return 'refused' in outcome
            ? { manual: [composeStep(path, service.name)] }
            : { patches: [{ path, spans: outcome.spans }] };
        }),
    );
}

function argumentSpans(path: string, text: string, { name, value, isWhole }: ComposeService): Spans {
  const { args } = asRecord(value.build);
  const at = ['services', name, 'build'];
  const filled = `\${${CLIENT_DSN}:-}`;
  if (JSON.stringify(args ?? {}).includes(CLIENT_DSN)) return { spans: [] };
  if (!isWhole || typeof value.build === 'string') return { refused: 'its build is written in one line' };
  if (args === undefined) return addYamlEntry(path, text, at, 'args', { [CLIENT_DSN]: filled });
  return Array.isArray(args)
    ? addYamlItem(path, text, [...at, 'args'], `${CLIENT_DSN}=${filled}`)
    : addYamlEntry(path, text, [...at, 'args'], CLIENT_DSN, filled);
}

function exampleParts(repo: Repo, app: NextApp): readonly Part[] {
  return exampleFilesOf(repo, app)
    .filter((path) => repo.mentions(path, /^(export )?NEXT(AUTH|_PUBLIC)_\w+=/m))
    .map((path): Part => {
      const text = repo.text(path);
      const spans = variables(kindOf(repo, app, path), isStaticExport(repo, app)).flatMap((variable) => {
        const outcome = addVariable(text, variable);
        return 'spans' in outcome ? outcome.spans : [];
      });
      return { patches: [{ path, spans }] };
    });
}

/** An example beside a Compose file is copied for containers; the build of an app reads the one beside it. */
function kindOf(repo: Repo, app: NextApp, path: string): 'app' | 'containers' | 'other' {
  if (isInside(app.dir, path)) return 'app';
  const isBeside = repo.layout.compose.some((file) => dirname(file.path) === dirname(path));
  return isBeside ? 'containers' : 'other';
}

function variables(kind: 'app' | 'containers' | 'other', isStatic: boolean): readonly EnvVariable[] {
  const server =
    'Errors of the server go to this Sentry project (Settings, Client Keys); without it, to nobody.';
  const browser = "Those of the browser. The build writes it into the browser's code";
  return [
    ...(isStatic ? [] : [{ name: 'SENTRY_DSN', value: '', comment: server }]),
    {
      name: CLIENT_DSN,
      value: '',
      comment:
        kind === 'containers'
          ? `${browser}: Compose takes it\nfrom the shell, or from the file .env beside the Compose file.`
          : `${browser}.`,
    },
  ];
}
