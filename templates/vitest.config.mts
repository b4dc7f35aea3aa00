import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const common = { plugins: [react()], resolve: { tsconfigPaths: true } };

export default defineConfig({
  test: {
    projects: [
      {
        ...common,
        test: { name: 'ours', environment: 'jsdom', include: ['test/**/*.test.{ts,tsx}'], restoreMocks: true },
      },
      {
        ...common,
        test: {
          // What the target gets as its tests, where the code that they try is ours too.
          name: 'theirs',
          environment: 'jsdom',
          include: [
            'gap-005-frontend-tests/frontend/__tests__/lib/**/*.test.ts',
            'gap-005-frontend-tests/frontend/__tests__/api/{confirm-email,profile,register}.test.ts',
            'gap-008-password-recovery/frontend/__tests__/api/*.test.ts',
            'gap-010-api-routes/frontend/__tests__/api/*.test.ts',
          ],
          setupFiles: ['test/with-tables.ts'],
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          env: { NEXTAUTH_URL: 'http://localhost:3000', NEXTAUTH_SECRET: 'only-for-tests' },
        },
      },
    ],
  },
});
