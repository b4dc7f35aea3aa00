/** What may be missing. */
export type Code =
  | 'no-tests'
  | 'no-component-tests'
  | 'empty-tests'
  | 'no-test-script'
  | 'no-test-runner'
  | 'untested'
  | 'few-tests';
