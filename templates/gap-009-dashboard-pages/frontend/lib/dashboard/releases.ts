import { z } from 'zod';

const answer = z.object({
  releases: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      changelog: z.string(),
      createdAt: z.string(),
      createdBy: z.string(),
      status: z.enum(['draft', 'candidate', 'released', 'rolled-back']),
      deployedTo: z.array(z.string()),
    }),
  ),
});

/** One release in one environment. */
export interface Deployment {
  readonly id: string;
  readonly version: string;
  readonly environment: string;
  readonly timestamp: string;
  readonly status: 'success' | 'in_progress' | 'failed' | 'rolled_back';
  readonly author: string;
  readonly message: string;
}

/** Reads `GET /releases` of the gateway, newest first. A release that stands nowhere yet is no deployment. */
export function readDeployments(body: unknown): Deployment[] {
  return answer
    .parse(body)
    .releases.flatMap(({ id, version, changelog, createdAt, createdBy, status, deployedTo }) =>
      deployedTo.map((environment) => ({
        id: `${id}-${environment}`,
        version,
        environment,
        timestamp: createdAt,
        status: status === 'rolled-back' ? ('rolled_back' as const) : ('success' as const),
        author: createdBy,
        message: changelog,
      })),
    )
    .sort((a, b) => b.timestamp.localeCompare(a.timestamp));
}
