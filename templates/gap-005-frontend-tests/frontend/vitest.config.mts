import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // tsconfig.json keeps JSX as it is, for Next.js; the tests need it translated.
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  test: {
    environment: 'jsdom',
    include: ['__tests__/**/*.test.{ts,tsx}'],
    setupFiles: ['./vitest.setup.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Passwords are hashed slowly on purpose.
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      reporter: ['text', 'html'],
      // What has tests. Add a path here together with its first test.
      include: [
        'app/**/sign-in/page.tsx',
        'app/api/auth/register/route.ts',
        'app/api/health/route.ts',
        'app/api/luc/route.ts',
        'components/auth/SignInForm.tsx',
        'hooks/useStreamingChat.ts',
      ],
      thresholds: { statements: 60, branches: 50, functions: 60, lines: 60 },
    },
  },
});
