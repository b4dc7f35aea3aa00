import { z } from 'zod';

const answer = z.object({
  models: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tier: z.string(),
      contextWindow: z.number(),
      pricing: z.object({ inputPer1M: z.number(), outputPer1M: z.number() }),
    }),
  ),
});

/** Reads `GET /admin/models` of the gateway. */
export function readModels(body: unknown) {
  return answer.parse(body).models.map(({ id, name, tier, contextWindow, pricing }) => ({
    id,
    name,
    role: tier,
    price: `$${pricing.inputPer1M}/$${pricing.outputPer1M} per 1M`,
    ctx: `${Math.round(contextWindow / 1000)}K`,
  }));
}
