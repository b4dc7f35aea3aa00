/** How one method of a route is finished. */
export interface MethodPlan {
  /** What the handler asks of its upstream: words of its own code, by which its shape is known. */
  readonly upstream: RegExp;
  /** The schema of its body or query, and the module under lib/api/schemas that exports it; none where it takes none. */
  readonly schema?: string;
  readonly module?: string;
  /** The fields of that schema, where the handler takes them from its query. */
  readonly query?: readonly string[];
  /** Further rules of its admission, as they are written. */
  readonly rules?: string;
  /** What else the rules import from the module. */
  readonly also?: readonly string[];
}

/** A route whose handlers are edited where they stand. */
export interface RoutePlan {
  /** The name of its rate limit. */
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodPlan>>;
}

/** The routes that hand requests on to a service, by their address. */
export const PLANS: ReadonlyMap<string, RoutePlan> = new Map([
  [
    '/api/deploy',
    {
      name: 'deploy',
      methods: {
        POST: {
          upstream: /(['"`])\/deploy\1/,
          schema: 'DeployRequest',
          module: 'deploy',
          rules: 'perMinute: 10',
        },
      },
    },
  ],
  [
    '/api/make-it-mine',
    {
      name: 'make-it-mine',
      methods: {
        POST: {
          upstream: /(['"`])\/make-it-mine\/clone\1/,
          schema: 'CloneRequest',
          module: 'make-it-mine',
          rules: 'perMinute: 10',
        },
        GET: {
          upstream: /['"`]\/make-it-mine\/suggest\?/,
          schema: 'SuggestionQuery',
          module: 'make-it-mine',
          query: ['templateId', 'industry'],
        },
      },
    },
  ],
  [
    '/api/boomerangs',
    {
      name: 'boomerangs',
      methods: {
        GET: { upstream: /\/boomerangs['"`]/ },
      },
    },
  ],
  [
    '/api/acheevy/diy',
    {
      name: 'diy',
      methods: {
        POST: {
          upstream: /\/diy(?:\/chat)?['"`]/,
          schema: 'DiyRequest',
          module: 'diy',
          rules: 'perMinute: 20, maxBytes: DIY_MAX_BYTES',
          also: ['DIY_MAX_BYTES'],
        },
      },
    },
  ],
]);
