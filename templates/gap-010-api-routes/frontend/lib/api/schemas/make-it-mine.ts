import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);
const features = z.array(text(100)).max(100).default([]);

/** The body of POST /api/make-it-mine. */
export const CloneRequest = z.object({
  templateId: text(100),
  projectName: text(100),
  industry: text(100),
  branding: z.object({
    primaryColor: text(50),
    secondaryColor: text(50),
    companyName: text(200),
    logo: text(2000).optional(),
    domain: text(253).optional(),
  }),
  featureOverrides: z.object({ add: features, remove: features }).default({}),
  terminologyMap: z.record(z.string(), text(100)).default({}),
});

/** The query of GET /api/make-it-mine. */
export const SuggestionQuery = z.object({ templateId: text(100), industry: text(100) });
