import { z } from 'zod';

const answer = z.object({
  offices: z.array(
    z.object({
      director: z.object({ id: z.string(), title: z.string(), scope: z.string() }),
      departmentalAgent: z.object({ name: z.string() }),
    }),
  ),
});

/** Reads `GET /pmo` of the gateway: who leads each office, and the agent under them. */
export function readDirectors(body: unknown) {
  return answer.parse(body).offices.map(({ director, departmentalAgent }) => ({
    role: director.id,
    title: director.title,
    agent: departmentalAgent.name,
    scope: director.scope,
  }));
}
