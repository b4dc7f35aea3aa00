import { z } from 'zod';

const status = z.enum(['pending', 'running', 'completed', 'failed', 'paused']);
const answer = z.object({
  active: z.array(
    z.object({
      projectId: z.string(),
      currentStage: z.string(),
      stageStatus: z.record(
        z.string(),
        z.object({ status, assignedAgent: z.string().optional(), error: z.string().optional() }),
      ),
      overallStatus: status,
      startedAt: z.string(),
    }),
  ),
});
const projects = z.object({ projects: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Reads `GET /pipelines` of the gateway: the builds that are on their way, of everybody. */
export function readPipelines(body: unknown) {
  return answer.parse(body).active;
}

/** Reads `GET /projects` of the gateway: those of whoever is signed in. */
export function readProjects(body: unknown) {
  return projects.parse(body).projects;
}

/** One build. */
export type Pipeline = ReturnType<typeof readPipelines>[number];
