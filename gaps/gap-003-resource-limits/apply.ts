import type { Edit, Finding, Fix, ManualStep, Span } from '../../src/contract.ts';
import type { Spans } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { addYamlEntries } from '../../src/edit/yaml-entry.ts';
import { type Addition, additionsFor } from './apply/additions.ts';
import { serverSteps } from './apply/server-cpus.ts';
import { type Wanted, wantedIn } from './apply/wanted-services.ts';
import { written } from './apply/written.ts';
import { capacityOf, withLimits } from './capacity.ts';
import type { Code } from './detect.ts';
import type { DeployedService, LimitsState } from './read.ts';
import { type LimitOptions, type Sizes, sizesOf } from './sizes.ts';
import { handStep } from './steps.ts';

interface Outcome {
  readonly wanted: Wanted;
  readonly spans: Spans;
}

/** Adds what the services lack, in one splice of each file; a service that cannot be edited becomes a manual step. */
export function apply(state: LimitsState, findings: readonly Finding<Code>[], options: LimitOptions): Fix {
  const sizes = sizesOf(options);
  const outcomes = wantedIn(state, findings, options.siblings).map(
    (wanted): Outcome => ({ wanted, spans: spansFor(state, wanted, sizes) }),
  );
  const done = outcomes.filter(({ spans }) => 'spans' in spans).map(({ wanted }) => wanted);
  return {
    edits: editsOf(state, outcomes),
    manual: [
      ...outcomes.flatMap((outcome) => refusedStep(outcome, sizes)),
      ...serverSteps(state.stacks, done, sizes),
    ],
    alsoChanges: capacitySentences(state, done, sizes),
  };
}

function spansFor({ repo }: LimitsState, { service, lacks }: Wanted, sizes: Sizes): Spans {
  const { path, name, layer, isWhole, role } = service;
  const place = `${path}: services.${name}`;
  if (!isWhole) return { refused: `${place} takes a part of itself from elsewhere with extends` };
  if (layer !== undefined) return { refused: `${layer} says a part of what services.${name} may use` };
  const additions = additionsFor(service, lacks, sizes[role]);
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

function editsOf({ repo }: LimitsState, outcomes: readonly Outcome[]): readonly Edit[] {
  const edited = new Map<string, readonly Span[]>();
  for (const { wanted, spans } of outcomes)
    if ('spans' in spans) {
      const { path } = wanted.service;
      edited.set(path, [...(edited.get(path) ?? []), ...spans.spans]);
    }
  return [...edited].map(([path, spans]) => splice(repo, path, spans));
}

function refusedStep({ wanted, spans }: Outcome, sizes: Sizes): readonly ManualStep[] {
  const { service, lacks } = wanted;
  const [code = 'no-limits'] = lacks;
  return 'refused' in spans ? handStep(code, service, sizes[service.role], spans.refused) : [];
}

/** What whoever sizes the server wants to know of each stack once its limits are written. */
function capacitySentences(
  { stacks }: LimitsState,
  done: readonly Wanted[],
  sizes: Sizes,
): readonly string[] {
  return stacks.flatMap(({ files, services }) => {
    const isDone = ({ path, name }: DeployedService) =>
      done.find(({ service }) => service.path === path && service.name === name);
    if (!services.some(isDone)) return [];
    const { sum, rest } = capacityOf(
      services.map((service) => ({
        ...service,
        value: withLimits(service.value, isDone(service)?.lacks ?? [], sizes[service.role]),
      })),
    );
    return [`The limits of ${files.map(({ path }) => path).join(' + ')} add up to ${sum}; ${rest}.`];
  });
}
