import type { Edit, ManualStep, Repo, Span } from '../../src/contract.ts';
import type { Spans } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { addYamlEntries } from '../../src/edit/yaml-entry.ts';
import { type Addition, additionsFor } from './additions.ts';
import { consistency } from './consistency.ts';
import type { Lack } from './limits.ts';
import type { RoledService } from './roles.ts';
import type { Size, Sizes } from './sizes.ts';
import { written } from './written.ts';

/** A service and what of its lacks is to be closed. */
export interface Wanted {
  readonly service: RoledService;
  readonly lacks: readonly Lack[];
}

export interface LimitEdits {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
  /** What was edited. */
  readonly done: readonly Wanted[];
}

interface Outcome {
  readonly wanted: Wanted;
  readonly spans: Spans;
}

/** Adds what the services lack, in one splice of each file; a service that cannot be edited becomes a manual step. */
export function limitEdits(repo: Repo, all: readonly Wanted[], sizes: Sizes): LimitEdits {
  const outcomes = all.map(
    (wanted): Outcome => ({ wanted, spans: spansFor(repo, wanted, sizes[wanted.service.role]) }),
  );
  const done = outcomes.filter(({ spans }) => 'spans' in spans);
  const paths = [...new Set(done.map(({ wanted }) => wanted.service.path))];
  return {
    edits: paths.map((path) => splice(repo, path, spansOf(done, path))),
    manual: outcomes.flatMap(({ wanted, spans }) =>
      'refused' in spans ? [stepFor(wanted, sizes[wanted.service.role], spans.refused)] : [],
    ),
    done: done.map(({ wanted }) => wanted),
  };
}

function spansOf(outcomes: readonly Outcome[], path: string): readonly Span[] {
  return outcomes.flatMap(({ wanted, spans }) =>
    wanted.service.path === path && 'spans' in spans ? spans.spans : [],
  );
}

function spansFor(repo: Repo, { service, lacks }: Wanted, size: Size): Spans {
  const { path, name, layer } = service;
  const place = `${path}: services.${name}`;
  if (!service.isWhole) return { refused: `${place} takes a part of itself from elsewhere with extends` };
  if (layer !== undefined) return { refused: `${layer} says a part of what services.${name} may use` };
  const additions = additionsFor(service, lacks, size);
  if (typeof additions === 'string') return { refused: `${place}: ${additions}` };
  const text = repo.text(path);
  return joined(additions.map((addition) => addedTo(path, text, name, addition)));
}

function addedTo(path: string, text: string, name: string, { keys, entries }: Addition): Spans {
  return addYamlEntries(path, text, ['services', name, ...keys], written(entries, text));
}

function joined(outcomes: readonly Spans[]): Spans {
  const refused = outcomes.find((outcome) => 'refused' in outcome);
  return refused ?? { spans: outcomes.flatMap((outcome) => ('spans' in outcome ? outcome.spans : [])) };
}

function stepFor({ service, lacks }: Wanted, size: Size, reason: string): ManualStep {
  const { path, name } = service;
  const wanted = `limits of ${size.cpus} CPUs and ${size.memory}, reservations of ${size.reservedCpus} CPUs and ${size.reservedMemory}`;
  const isRefused = lacks.includes('contradiction');
  return {
    title: isRefused
      ? `In ${path}, make the limits of the service ${name} agree: ${consistency(service.value).join('; ')}`
      : `In ${path}, give the service ${name} ${wanted}`,
    why: `It cannot be edited safely: ${reason}.`,
    seenBy: 'The merged Compose model shows limits that Compose accepts.',
  };
}
