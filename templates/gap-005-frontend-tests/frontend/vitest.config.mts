import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The code that decides who gets in and what data leaves.
const CRITICAL = { statements: 80, branches: 65, functions: 80, lines: 80 };

export default defineConfig({
  // tsconfig.json preserves JSX for Next.js, but the tests need it compiled.
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  test: {
    environment: 'jsdom',
    include: ['__tests__/**/*.test.{ts,tsx}'],
    setupFiles: ['./vitest.setup.ts'],
    env: { NEXTAUTH_URL: 'http://localhost:3000', NEXTAUTH_SECRET: 'only-for-tests' },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    coverage: {
      provider: 'v8',
      reporter: ['text', 'html'],
      // All server code, whether or not a test covers it.
      include: ['app/api/**/*.ts', 'lib/**/*.{ts,tsx}'],
      thresholds: {
        // For all server code, most of which has no tests yet. Raise these with every new test.
        statements: 10,
        branches: 10,
        functions: 10,
        lines: 10,
        'app/api/auth/**': CRITICAL,
        'app/api/profile/**': CRITICAL,
        'lib/{auth-session,auth-users,session-refusal}.ts': CRITICAL,
        'lib/db/{attempts,email-confirmations,index,password-hash,users}.ts': CRITICAL,
        'lib/error-tracking/**': CRITICAL,
      },
    },
  },
});
