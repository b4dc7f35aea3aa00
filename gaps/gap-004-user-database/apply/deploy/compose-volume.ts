import type { ManualStep, NextApp, Repo } from '../../../../src/contract.ts';
import { NOTHING_TO_DO, type Spans } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { addYamlEntry, addYamlItem } from '../../../../src/edit/yaml-entry.ts';
import { type ComposeService, composeModel } from '../../../../src/read/deploy/compose.ts';
import { deployedServices } from '../../../../src/read/deploy/deployed-environment.ts';
import type { Answer } from '../../../../src/read/deploy/service-environment.ts';
import { escaped } from '../../../../src/repo/escaped.ts';
import { join } from '../../../../src/repo/paths.ts';
import { asRecord } from '../../../../src/repo/record.ts';
import { NOTHING, type Part } from '../parts.ts';
import { dataFolders, folderName, isKept } from './data-folders.ts';
import { openWriterSteps } from './open-writers.ts';

/** The named volume, and where the image keeps its data. */
const VOLUME = 'frontend-data';
const WORKDIR = '/app';
export const DATA = `${WORKDIR}/data`;
const MOUNT = `${VOLUME}:${DATA}`;

/** The Compose files that are deployed, or all of them where none is known to be. */
export function composeParts(repo: Repo, app: NextApp): readonly Part[] {
  const files = repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .map(({ path }) => ({
      path,
      services: composeModel(repo, { path }).services.filter(({ build }) => build === app.dir),
    }));
  const isMoved = files.some(({ services }) =>
    services.some((each) => variablesFor(repo, app, each).length > 0),
  );
  return [
    ...files.map(({ path, services }) => filePart(repo, app, path, services)),
    { edits: [], manual: isMoved ? openWriterSteps(repo, app) : [] },
  ];
}

function filePart(repo: Repo, app: NextApp, path: string, services: readonly ComposeService[]): Part {
  const parts = services.map((service) => {
    const volume = volumeSpans(repo, path, service);
    const wanted = variablesFor(repo, app, service);
    return { service, volume, wanted, set: wanted.map((each) => variableSpans(repo, path, service, each)) };
  });
  const declared = parts.some(({ volume }) => 'refused' in volume || volume.spans.length > 0)
    ? declaredVolume(repo, path, repo.text(path))
    : NOTHING_TO_DO;
  const spans = parts.flatMap(({ volume, set }) =>
    [volume, ...set].flatMap((outcome) => ('spans' in outcome ? outcome.spans : [])),
  );
  const isWhole = 'spans' in declared && parts.every(({ volume, set }) => [volume, ...set].every(isPossible));
  if (!isWhole)
    return { edits: [], manual: parts.map(({ service, wanted }) => volumeStep(path, service, wanted)) };
  const all = [...spans, ...('spans' in declared ? declared.spans : [])];
  return all.length === 0 ? NOTHING : { edits: [splice(repo, path, all)], manual: [] };
}

function isPossible(outcome: Spans): boolean {
  return 'spans' in outcome;
}

function volumeSpans(repo: Repo, path: string, service: ComposeService): Spans {
  if (mounts(service).some((target) => target === DATA || target === WORKDIR)) return NOTHING_TO_DO;
  if (!service.isWhole)
    return { refused: `${service.name} takes a part of itself from elsewhere with extends` };
  const at = ['services', service.name];
  const text = repo.text(path);
  return service.value.volumes === undefined
    ? addYamlEntry(path, text, at, 'volumes', [MOUNT])
    : addYamlItem(path, text, [...at, 'volumes'], MOUNT);
}

/** Where the service's volumes stand in the container. */
function mounts({ value }: ComposeService): readonly string[] {
  const { volumes } = value;
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) => {
    const target = typeof volume === 'string' ? volume.split(':')[1] : asRecord(volume).target;
    return typeof target === 'string' ? [target.replace(/(?<=.)\/$/, '')] : [];
  });
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Other files that the app keeps go into the volume too: its own folder is gone with the container, or read-only. */
function variablesFor(repo: Repo, app: NextApp, service: ComposeService): readonly Variable[] {
  const own = deployedServices(repo, app).filter((each) => each.service.name === service.name);
  const isSet = (name: string) =>
    own.some(({ variables }) => isFilled(variables.get(name))) ||
    new RegExp(`^ENV ${escaped(name)}\\b`, 'm').test(repo.peek(join(app.dir, 'Dockerfile')) ?? '');
  return dataFolders(repo, app)
    .filter((folder) => !isSet(folder.variable) && !isKept(folder, WORKDIR, mounts(service)))
    .map((folder) => ({ name: folder.variable, value: `${DATA}/${folderName(folder)}` }));
}

function isFilled(answer: Answer | undefined): boolean {
  return answer !== undefined && answer.kind !== 'unset' && answer.value !== '' && answer.value !== undefined;
}

function variableSpans(repo: Repo, path: string, service: ComposeService, { name, value }: Variable): Spans {
  const { environment } = service.value;
  const at = ['services', service.name];
  const text = repo.text(path);
  if (environment === undefined) return addYamlEntry(path, text, at, 'environment', [`${name}=${value}`]);
  return Array.isArray(environment)
    ? addYamlItem(path, text, [...at, 'environment'], `${name}=${value}`)
    : addYamlEntry(path, text, [...at, 'environment'], name, value);
}

function declaredVolume(repo: Repo, path: string, text: string): Spans {
  const model = asRecord(repo.mergedYaml(path)[0]?.toJS({ maxAliasCount: -1 }));
  const volumes = model.volumes;
  if (volumes === undefined) return addYamlEntry(path, text, [], 'volumes', { [VOLUME]: '' });
  return VOLUME in asRecord(volumes) ? NOTHING_TO_DO : addYamlEntry(path, text, ['volumes'], VOLUME, '');
}

function volumeStep(path: string, { name }: ComposeService, variables: readonly Variable[]): ManualStep {
  const set = variables.map((each) => `, ${each.name}=${each.value} to its environment`).join('');
  return {
    title: `In ${path}, add ${MOUNT} to the volumes of the service ${name}${set}, and ${VOLUME} to the volumes of the file`,
    why: 'The file is written in a way that cannot be edited safely.',
    seenBy: `The service ${name} mounts a named volume at ${DATA}.`,
  };
}
