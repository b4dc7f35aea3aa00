import type { NextApp, Repo } from '../../../src/contract.ts';
import { addVariable, type EnvVariable } from '../../../src/edit/dotenv.ts';
import { insertion, type Spans } from '../../../src/edit/outcome.ts';
import { lineStart } from '../../../src/edit/ts-file.ts';
import { addYamlEntry, addYamlItem } from '../../../src/edit/yaml-entry.ts';
import { deployedStacks } from '../../../src/read/deploy/deployed-stacks.ts';
import { instructionsOf } from '../../../src/read/deploy/dockerfile.ts';
import { type EnvExample, envExamplesOf } from '../../../src/read/deploy/env-examples.ts';
import type { StackService } from '../../../src/read/deploy/service-roles.ts';
import { join } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { composeStep, imageStep } from '../steps.ts';
import type { Change } from './changes.ts';

/** What the build writes into the browser's code. */
const CLIENT_DSN = 'NEXT_PUBLIC_SENTRY_DSN';
const BUILDS = /\b(npm|pnpm|yarn|bun)\b.{0,200}\bbuild\b|\bnext build\b/;

/** The DSN of the browser reaches the build in the image, and every example names the variables. */
export function buildChanges(repo: Repo, app: NextApp, isStatic: boolean): readonly Change[] {
  return [...imageChanges(repo, app), ...composeChanges(repo, app), ...exampleChanges(repo, app, isStatic)];
}

function imageChanges(repo: Repo, app: NextApp): readonly Change[] {
  const path = join(app.dir, 'Dockerfile');
  if (!repo.exists(path) || repo.text(path).includes(CLIENT_DSN)) return [];
  const text = repo.text(path);
  const builds = instructionsOf(text).filter(({ keyword, words }) => keyword === 'RUN' && BUILDS.test(words));
  const [build] = builds;
  if (!build || builds.length > 1) return [{ manual: [imageStep(path)] }];
  const lines = [
    "# The build writes the DSN into the browser's code. Without a DSN, the browser reports no errors.",
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

/** The stacks that are deployed, or may be: wherever they build the app. */
function composeChanges(repo: Repo, app: NextApp): readonly Change[] {
  if (!repo.exists(join(app.dir, 'Dockerfile'))) return [];
  const services = deployedStacks(repo).counted.flatMap((stack) => stack.services);
  return services.flatMap((service): readonly Change[] => {
    const part = service.parts.findLast(({ value }) => value.build !== undefined);
    if (service.build !== app.dir || !part) return [];
    const outcome = argumentSpans(part.path, repo.text(part.path), { ...service, value: part.value });
    return 'refused' in outcome
      ? [{ manual: [composeStep(part.path, service.name)] }]
      : [{ patches: [{ path: part.path, spans: outcome.spans }] }];
  });
}

function argumentSpans(path: string, text: string, { name, value, isWhole }: StackService): Spans {
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

function exampleChanges(repo: Repo, app: NextApp, isStatic: boolean): readonly Change[] {
  return envExamplesOf(repo, app)
    .filter(({ path }) => repo.mentions(path, /^(export )?NEXT(AUTH|_PUBLIC)_\w+=/m))
    .map((example): Change => {
      const text = repo.text(example.path);
      const spans = variables(example, isStatic).flatMap((variable) => {
        const outcome = addVariable(text, variable);
        return 'spans' in outcome ? outcome.spans : [];
      });
      return { patches: [{ path: example.path, spans }] };
    });
}

/** A file that is copied for containers names what the build takes only where Compose hands it to the build. */
function variables({ kind, reachesBuild }: EnvExample, isStatic: boolean): readonly EnvVariable[] {
  const server =
    'The server reports its errors to this Sentry project (Settings, Client Keys). When empty, it reports none.';
  const browser =
    "The browser reports its errors to this Sentry project. The build writes the value into the browser's code.";
  return [
    ...(isStatic ? [] : [{ name: 'SENTRY_DSN', value: '', comment: server }]),
    ...(kind !== 'containers' || reachesBuild ? [{ name: CLIENT_DSN, value: '', comment: browser }] : []),
  ];
}
