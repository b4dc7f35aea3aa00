import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/e2e/build.ts'],
    include: ['src/**/*.test.ts', 'gaps/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/fixtures/**', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});
