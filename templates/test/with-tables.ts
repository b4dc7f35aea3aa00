import { readFileSync } from 'node:fs';
import { vi } from 'vitest';

// In a target, GAP-008 and GAP-010 add their tables to the migrations of GAP-004.
const ADDED = ['gap-008-password-recovery/parts/password-resets', 'gap-010-api-routes/parts/invitations'];
vi.mock('../gap-004-user-database/frontend/lib/db/migrations.ts', async (original) => {
  const { migrations } = await original<typeof import('../gap-004-user-database/frontend/lib/db/migrations.ts')>();
  const added = ADDED.map((path, index) => ({
    id: migrations.length + 1 + index,
    name: path,
    sql: readFileSync(new URL(`../${path}.sql`, import.meta.url), 'utf8'),
  }));
  return { migrations: [...migrations, ...added] };
});
