/** How a place needs a debug route, or speaks of it. */
export type CallerKind =
  /** A string in code that ships. */
  | 'code'
  /** The address without its `/api`, handed to what puts that before it. */
  | 'relative'
  /** The file of the route is imported, or named where it has to be there. */
  | 'import'
  | 'file'
  /** A health check, a cron job, a script, a proxy. */
  | 'setting'
  /** A test calls it, or imports it. */
  | 'test'
  | 'test-import'
  /** Another debug route needs it. */
  | 'route'
  /** A list of addresses or a description: nothing is called from there. */
  | 'mention';

/** A place that needs a debug route, or speaks of it. */
export interface Caller {
  readonly path: string;
  readonly at: number;
  readonly url: string;
  readonly kind: CallerKind;
}

/** A folder below api/ is a part of a url: `api/test/` is a route there, not a place for tests. */
export function isTest(path: string): boolean {
  return (
    /\.(test|spec|stories|cy)\.\w+$/.test(path) ||
    /(^|\/)(__tests__|__mocks__|e2e|tests?|cypress|playwright)\//.test(path.replace(/\/api\/.*$/, ''))
  );
}
