import type { Edit, ManualStep, NextApp, Repo, Span } from '../../src/contract.ts';
import { insertion, type Spans } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { addYamlEntry, addYamlItem } from '../../src/edit/yaml-entry.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { type Instruction, instructionsOf } from '../../src/read/dockerfile.ts';
import { basename, join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';

/** Edits, and what a person has to do where none can be made. */
export interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

export const NOTHING: Part = { edits: [], manual: [] };
/** The named volume, and where the image keeps its data. */
const VOLUME = 'frontend-data';
const DATA = '/app/data';
export const IMAGE_DB_PATH = `${DATA}/users.db`;

/** Parts one after the other. */
export function joinParts(parts: readonly Part[]): Part {
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual) };
}

/** The image and the Compose service of an app get a folder for the database that outlives them. */
export function containerParts(repo: Repo, app: NextApp): Part {
  return joinParts([imagePart(repo, app), ...composeParts(repo, app)]);
}

function imagePart(repo: Repo, app: NextApp): Part {
  const path = join(app.dir, 'Dockerfile');
  if (!repo.exists(path) || repo.text(path).includes('USERS_DB_PATH')) return NOTHING;
  const text = repo.text(path);
  const instructions = instructionsOf(text);
  const last = instructions.at(-1)?.stage ?? -1;
  const stage = instructions.filter(({ stage }) => stage === last);
  const workdir = stage.findLast(({ keyword }) => keyword === 'WORKDIR')?.words;
  const end = stage.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const user = stage.findLast(({ keyword }) => keyword === 'USER');
  if (!end || workdir !== '/app' || (user && user.start > end.start))
    return { edits: [], manual: [imageStep(path)] };
  const owner = user?.words === 'node' ? 'node:node' : user?.words;
  const lines = [
    '# The database lives in a volume: what is written elsewhere is gone with the container.',
    `ENV USERS_DB_PATH=${IMAGE_DB_PATH}`,
    `RUN mkdir -p ${DATA}${owner === undefined ? '' : ` && chown ${owner} ${DATA}`}`,
    `VOLUME ["${DATA}"]`,
  ];
  const at = (user ?? end).start;
  const gap = text.slice(0, at).endsWith('\n\n') ? '' : '\n';
  const spans: Span[] = [insertion(at, `${gap}${lines.join('\n')}\n\n`), ...toolSpans(instructions)];
  return { edits: [splice(repo, path, spans)], manual: [] };
}

/** Alpine images bring no compiler, which better-sqlite3 needs where no prebuilt binary can be fetched. */
function toolSpans(instructions: readonly Instruction[]): readonly Span[] {
  const install = instructions.find(
    ({ keyword, words }) =>
      keyword === 'RUN' && /\bnpm (ci|install)\b|\b(pnpm|yarn) (i|install)\b/.test(words),
  );
  const from = instructions.find(({ keyword, stage }) => keyword === 'FROM' && stage === install?.stage);
  const hasTools = instructions.some(
    ({ keyword, words, stage }) =>
      keyword === 'RUN' && stage === install?.stage && /\bg\+\+|build-base/.test(words),
  );
  if (!install || !from || hasTools || !/alpine/.test(from.words)) return [];
  const lines =
    '\n\n# better-sqlite3 is compiled where no prebuilt binary can be fetched.\nRUN apk add --no-cache python3 make g++';
  return [insertion(from.end, lines)];
}

function imageStep(path: string): ManualStep {
  return {
    title: `In the last stage of ${path}, before USER: ENV USERS_DB_PATH=${IMAGE_DB_PATH}, RUN mkdir -p ${DATA} && chown node:node ${DATA}, VOLUME ["${DATA}"]; and install python3, make and g++ before the packages in the first stage`,
    why: 'The last stage does not work in /app, or its USER and CMD stand in an unusual order.',
    seenBy: `${path} names USERS_DB_PATH and a volume.`,
  };
}

/** The Compose files that are deployed, or all of them where none is known to be. */
function composeParts(repo: Repo, app: NextApp): readonly Part[] {
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap(({ path }) => {
      const services = composeModel(repo, { path }).services.filter(({ build }) => build === app.dir);
      return services.map((service) => volumePart(repo, path, service));
    });
}

function volumePart(repo: Repo, path: string, service: ComposeService): Part {
  if (mountsData(service)) return NOTHING;
  const text = repo.text(path);
  const mount = `${VOLUME}:${DATA}`;
  const at = ['services', service.name];
  const added = service.isWhole
    ? service.value.volumes === undefined
      ? addYamlEntry(path, text, at, 'volumes', [mount])
      : addYamlItem(path, text, [...at, 'volumes'], mount)
    : { refused: `${service.name} takes a part of itself from elsewhere with extends` };
  const declared = declaredVolume(repo, path, text);
  const refused = [added, declared].find((outcome) => 'refused' in outcome);
  if (refused) return { edits: [], manual: [volumeStep(path, service, mount)] };
  const spans = [added, declared].flatMap((outcome) => ('spans' in outcome ? outcome.spans : []));
  return { edits: [splice(repo, path, spans)], manual: [] };
}

function mountsData({ value }: ComposeService): boolean {
  const { volumes } = value;
  return (Array.isArray(volumes) ? volumes : []).some((volume: unknown) => {
    const target = typeof volume === 'string' ? volume.split(':')[1] : asRecord(volume).target;
    return target === DATA || target === '/app';
  });
}

function declaredVolume(repo: Repo, path: string, text: string): Spans {
  const model = asRecord(repo.mergedYaml(path)[0]?.toJS({ maxAliasCount: -1 }));
  const volumes = model.volumes;
  if (volumes === undefined) return addYamlEntry(path, text, [], 'volumes', { [VOLUME]: '' });
  return VOLUME in asRecord(volumes) ? { spans: [] } : addYamlEntry(path, text, ['volumes'], VOLUME, '');
}

function volumeStep(path: string, { name }: ComposeService, mount: string): ManualStep {
  return {
    title: `In ${path}, add ${mount} to the volumes of the service ${name}, and ${VOLUME} to the volumes of the file`,
    why: 'The file is written in a way that cannot be edited safely.',
    seenBy: `The service ${name} mounts a named volume at ${DATA}.`,
  };
}

/** Hosts without a disk that stays: the volume does not help there. */
export function hostSteps(repo: Repo): readonly ManualStep[] {
  const pipeline = repo
    .find(/(^|\/)cloudbuild[\w.-]*\.ya?ml$/)
    .find((path) => repo.mentions(path, /\brun\b[\s\S]{0,40}\bdeploy\b/));
  if (pipeline === undefined) return [];
  return [
    {
      title: `Do not let people sign up on what ${basename(pipeline)} deploys to Cloud Run, or give it one instance (--max-instances=1) with a mounted disk: instances there keep no files and share none`,
      why: 'Where the application runs in the end is a decision for the people who run it.',
      seenBy: 'It cannot be seen in the repository.',
    },
  ];
}
