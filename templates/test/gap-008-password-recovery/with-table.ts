import { readFileSync } from 'node:fs';
import { vi } from 'vitest';

// In a target, GAP-008 adds its table to the migrations of GAP-004.
vi.mock('../../gap-004-user-database/frontend/lib/db/migrations.ts', async (original) => {
  const { migrations } = await original<typeof import('../../gap-004-user-database/frontend/lib/db/migrations.ts')>();
  const sql = readFileSync(new URL('../../gap-008-password-recovery/parts/password-resets.sql', import.meta.url), 'utf8');
  return { migrations: [...migrations, { id: migrations.length + 1, name: 'password_resets', sql }] };
});
