import type { NextApp, Repo } from '../../../src/contract.ts';
import { composeModel } from '../../../src/read/deploy/compose.ts';
import { deployedServices } from '../../../src/read/deploy/deployed-environment.ts';
import { asRecord } from '../../../src/repo/record.ts';

/** A service of the deployed stack that an app is told to ask, and where it says that it is well. */
export interface Backend {
  readonly name: string;
  /** The variable that holds its address. */
  readonly variable: string;
  /** What Docker's health check asks there. */
  readonly path: string;
}

const ADDRESS = /^https?:\/\/([a-z][\w-]*)(?::\d+)?\/?$/;
const ASKED = /https?:\/\/(?:127\.0\.0\.1|localhost|0\.0\.0\.0)(?::\d+)?(\/[\w./-]*)/;

/** The backends of an app, each once: those that the stack starts beside it and that have a health check over HTTP. */
export function backendsOf(repo: Repo, app: NextApp): readonly Backend[] {
  const backends = new Map<string, Backend>();
  const [deployed] = deployedServices(repo, app);
  if (!deployed) return [];
  const { services } = composeModel(repo, deployed);
  for (const [variable, answer] of deployed.variables) {
    const value = answer.kind === 'literal' || answer.kind === 'value' ? answer.value : '';
    const name = ADDRESS.exec(value)?.[1];
    const service = services.find((each) => each.name === name && each.value.profiles === undefined);
    const path = service && healthPath(service.value);
    if (service && path !== undefined && !backends.has(service.name))
      backends.set(service.name, { name: service.name, variable, path });
  }
  return [...backends.values()];
}

function healthPath(service: Readonly<Record<string, unknown>>): string | undefined {
  const { test } = asRecord(service.healthcheck);
  return ASKED.exec(Array.isArray(test) ? test.join(' ') : String(test ?? ''))?.[1];
}
