import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const exclude = ['**/fixtures/**', '**/node_modules/**'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // What an installation keeps outside of repositories stays out of the home of whoever runs the tests.
    env: { XDG_STATE_HOME: join(tmpdir(), 'aims-fix-test-state') },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'gaps/**/*.test.ts',
            'test/*.test.ts',
            'test/{cases,harness,laws}/**/*.test.ts',
          ],
          exclude,
        },
      },
      { extends: true, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], exclude } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude,
          globalSetup: ['test/e2e/build.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          exclude,
          globalSetup: ['test/e2e/build.ts'],
        },
      },
    ],
  },
});
