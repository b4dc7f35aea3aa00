import { z } from 'zod';
import { ActionRefused } from '@/lib/dashboard/ask-api';

const environment = z.enum(['development', 'staging', 'production']);
const health = z.enum(['healthy', 'degraded', 'down']);
const answer = z.object({
  environments: z.array(
    z.object({
      name: environment,
      status: health,
      currentRelease: z.object({ id: z.string(), version: z.string() }).optional(),
      lastDeployedAt: z.string().optional(),
    }),
  ),
});

/** Where something runs. */
export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly status: z.infer<typeof health>;
  /** Undefined before the first one. */
  readonly lastDeploy: string | undefined;
  readonly version: string;
  readonly branch: string;
  readonly commitsBehind: number;
  readonly services: readonly { readonly name: string; readonly status: z.infer<typeof health> }[];
  /** The release that runs there; undefined where none does. */
  readonly release: string | undefined;
}

/** Reads `GET /environments` of the gateway, which knows no addresses, branches or services. */
export function readEnvironments(body: unknown): Environment[] {
  return answer.parse(body).environments.map(({ name, status, currentRelease, lastDeployedAt }) => ({
    id: name,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    url: 'Address not reported',
    status,
    lastDeploy: lastDeployedAt,
    version: currentRelease?.version ?? 'No release',
    branch: 'not reported',
    commitsBehind: 0,
    services: [],
    release: currentRelease?.id,
  }));
}

const promotion = z.object({
  success: z.boolean(),
  checks: z.array(z.object({ passed: z.boolean(), detail: z.string() })),
});

/** Reads `POST /releases/:id/promote`: the gateway answers 200 also where one of its checks was not met. */
export function readPromotion(body: unknown): void {
  const { success, checks } = promotion.parse(body);
  if (!success) throw new ActionRefused(checks.find(({ passed }) => !passed)?.detail ?? 'Nothing was promoted.');
}
