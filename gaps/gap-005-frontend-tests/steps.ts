import type { ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

const TESTS =
  'Write at least ten tests in __tests__ on the critical paths: render the component with Testing Library, act as a person would, expect what is seen; call route handlers in a node environment; break the component once and see its test fail';

/** What a person could do today about each code. */
const TITLES: Readonly<Record<Code, string | undefined>> = {
  'no-tests': TESTS,
  'no-component-tests': TESTS,
  'empty-tests':
    'Write in each listed file tests that call the code and expect an answer that could be wrong, or delete it',
  untested:
    'Write a test for each listed file that fails when its rule is taken out: a wrong password, a session older than the password, an address that is not proven, a secret in a report',
  'no-test-runner':
    'Install vitest, @vitejs/plugin-react, jsdom, @testing-library/react, @testing-library/dom, @testing-library/jest-dom and @testing-library/user-event as devDependencies, and write vitest.config.mts with the react plugin (tsconfig says jsx: preserve), the app\'s path aliases and environment: "jsdom"; then commit the lock file',
  'no-test-script':
    'Add "test": "vitest run" and "test:coverage": "vitest run --coverage" to the scripts of package.json, and run the second in CI before the build',
  'few-tests': undefined,
};

/** The steps for some codes, each once. */
export function stepsFor(codes: readonly Code[]): readonly ManualStep[] {
  const titles = codes.flatMap((code) => TITLES[code] ?? []);
  return [...new Set(titles)].map((title) => ({
    title,
    why: 'What a component must do is known to the people who built it; an invented test proves nothing.',
    seenBy: 'The finding is gone from the next audit, and npm test passes.',
  }));
}

/** The step for a test that cannot be read. */
export function unreadStep(path: string): ManualStep {
  return {
    title: `Save ${path} as UTF-8 text`,
    why: 'It cannot be read, so nothing tells whether it renders a component.',
    seenBy: 'The file can be read.',
  };
}
