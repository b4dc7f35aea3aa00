import type { Finding, Fix } from '../../src/contract.ts';
import { completedDescription } from './apply/completed-description.ts';
import type { OpenApiVersion } from './apply/description-text.ts';
import { firstDescriptions } from './apply/first-description.ts';
import type { Part } from './apply/part.ts';
import type { Code } from './detect.ts';
import type { ApiDescriptionState } from './read.ts';
import { stepsFor } from './steps.ts';

/** A first description where there is none, and the operations that a committed one lacks. */
export function apply(
  state: ApiDescriptionState,
  wanted: readonly Finding<Code>[],
  version: OpenApiVersion,
): Fix {
  const parts: readonly Part[] = [
    ...firstDescriptions(state, wanted, version),
    ...state.coverage.flatMap((each) => completedDescription(state.repo, each, wanted)),
  ];
  const closed = new Set(parts.flatMap(({ closes }) => closes));
  const alsoChanges = parts.flatMap((part) => part.alsoChanges ?? []);
  return {
    edits: parts.flatMap(({ edits }) => edits),
    dependencies: parts.flatMap(({ dependencies = [] }) => dependencies),
    ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
    manual: [
      ...parts.flatMap(({ manual = [] }) => manual),
      ...stepsFor(
        state,
        wanted.filter((each) => !closed.has(each)),
      ),
    ],
  };
}
