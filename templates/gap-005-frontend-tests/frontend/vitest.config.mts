import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// What decides who comes in and what leaves.
const CRITICAL = { statements: 80, branches: 65, functions: 80, lines: 80 };

export default defineConfig({
  // tsconfig.json keeps JSX as it is, for Next.js; the tests need it translated.
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
      // All code of the server, whether a test tries it or not.
      include: ['app/api/**/*.ts', 'lib/**/*.{ts,tsx}'],
      thresholds: {
        // Of all of it, most of which has no test yet: raise these with every test.
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
