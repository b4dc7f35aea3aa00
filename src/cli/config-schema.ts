import { z } from 'zod';

const gapId = z.templateLiteral(['GAP-', z.string().min(1)]).meta({ description: 'The id of a gap.' });
const prose = z.string().trim().min(1);

const waiver = z
  .strictObject({
    gap: gapId,
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{16}$/, 'must be a fingerprint as `audit --json` shows it')
      .exactOptional()
      .meta({ description: 'Of one finding; without it the waiver covers the whole gap.' }),
    reason: prose.meta({ description: 'Why the finding is accepted.' }),
    owner: prose.meta({ description: 'Who accepted it.' }),
    expires: z.iso.date('must be a day as YYYY-MM-DD').meta({ description: 'The last day it holds, UTC.' }),
  })
  .meta({ description: 'A finding that a person accepts for a time.' });

/** `aims-fix.config.yaml`, `aims-fix.config.json` or `aimsFix` in package.json. Unknown keys are refused. */
export const configSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  apps: z
    .array(z.string().regex(/^(?!\/|.*\\|(?:.*\/)?\.\.(?:\/|$))/, 'must be a folder below the root'))
    .exactOptional()
    .meta({ description: 'The Next.js apps to look at; all that are found when absent.' }),
  compose: z
    .array(
      z.string().regex(/^(?!\/|.*\\|(?:.*\/)?\.\.(?:\/|$)).*\.ya?ml$/i, 'must be a YAML file below the root'),
    )
    .min(1)
    .exactOptional()
    .meta({ description: 'The Compose files that are deployed; found out when absent.' }),
  options: z
    .record(gapId, z.record(z.string(), z.unknown()))
    .exactOptional()
    .meta({ description: 'Options per gap; `aims-fix explain` lists them.' }),
  waivers: z.array(waiver).exactOptional(),
});
