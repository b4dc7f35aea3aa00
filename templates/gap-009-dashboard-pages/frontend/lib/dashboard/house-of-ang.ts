import { z } from 'zod';

const agent = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['SUPERVISORY', 'EXECUTION']),
  title: z.string(),
  role: z.string(),
  assignedPmo: z.string().nullable(),
  status: z.enum(['DEPLOYED', 'STANDBY', 'SPAWNING', 'OFFLINE']),
  tasksCompleted: z.number(),
  successRate: z.number(),
  specialties: z.array(z.string()),
});
const answer = z.object({ roster: z.array(agent) });

/** Reads the agents of `GET /house-of-ang` of the gateway that lead others. */
export function readSupervisors(body: unknown) {
  return agentsOf(body, 'SUPERVISORY').map(({ id, name, title, assignedPmo, status }) => ({
    id,
    name,
    title,
    pmo: (assignedPmo ?? 'none').replace(/-/g, ' ').toUpperCase(),
    status,
  }));
}

/** Reads the agents of `GET /house-of-ang` of the gateway that carry out tasks. */
export function readExecutors(body: unknown) {
  return agentsOf(body, 'EXECUTION').map(
    ({ id, name, title, status, tasksCompleted, successRate, specialties }) => ({
      id,
      name,
      role: title,
      status,
      tasks: tasksCompleted,
      successRate,
      specialties,
    }),
  );
}

/** The same agents with what each is for, as an overview tells it. */
export function readAssignments(body: unknown) {
  return agentsOf(body, 'EXECUTION').map(({ name, role, status }) => ({
    role: name,
    status: status === 'DEPLOYED' ? 'Active' : status.charAt(0) + status.slice(1).toLowerCase(),
    tasks: role,
  }));
}

/** Reads `POST /house-of-ang/spawn`. */
export function readSpawned(body: unknown): void {
  agent.pick({ id: true, name: true }).parse(body);
}

function agentsOf(body: unknown, type: 'SUPERVISORY' | 'EXECUTION') {
  return answer.parse(body).roster.filter((each) => each.type === type);
}
