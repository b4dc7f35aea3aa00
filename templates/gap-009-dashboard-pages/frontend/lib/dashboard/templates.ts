import { z } from 'zod';

const answer = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      complexity: z.enum(['simple', 'intermediate', 'complex']),
      estimatedBuildTime: z.string(),
      features: z.array(z.string()),
    }),
  ),
});

/** Reads `GET /templates` of the gateway. */
export function readTemplates(body: unknown) {
  return answer
    .parse(body)
    .templates.map(({ id, name, description, complexity, estimatedBuildTime, features }) => ({
      id,
      name,
      description,
      complexity,
      estimatedTime: estimatedBuildTime,
      featureCount: features.length,
    }));
}

const created = z.object({ project: z.object({ id: z.string() }) });

/** Reads `POST /projects`, which starts the build. */
export function readStarted(body: unknown): void {
  created.parse(body);
}
