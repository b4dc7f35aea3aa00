/** What a constant of a page can come from: an endpoint of the gateway, the route over it and the reader of its answer. */
export interface Source {
  /** The page that shows it. */
  readonly page: string;
  /** What its reader brings; a constant with any other field is another thing. */
  readonly fields: readonly string[];
  /** A field without which it would be another thing. */
  readonly mark: string;
  /** The endpoint of the gateway, and a name that its answer has. */
  readonly endpoint: string;
  readonly answers: string;
  /** The route of the app: `/api/<route>` stands in `app/api/<route>/route.ts`. */
  readonly route: string;
  /** The module under `lib/dashboard/` and the function of it. */
  readonly module: string;
  readonly reader: string;
  /** In the plural, for people. */
  readonly what: string;
  /** Fields that are undefined before the first time, and hold a date afterwards. */
  readonly dates?: readonly string[];
  /** The code of the gateway that keeps it. */
  readonly keptBy?: RegExp;
}

const HOUSE = { endpoint: '/house-of-ang', answers: 'roster', route: 'house-of-ang', module: 'house-of-ang' };
const HOUSE_CODE = /(^|\/)house-of-ang[\w-]*\.[jt]s$/;
const RELEASE_CODE = /(^|\/)releases?(\/index)?\.[jt]s$/;

/** The endpoints that the gateway of the runbook has, by the pages that show what they answer. */
export const SOURCES: readonly Source[] = [
  {
    page: '/dashboard/environments',
    fields: ['id', 'name', 'url', 'status', 'lastDeploy', 'version', 'branch', 'commitsBehind', 'services'],
    mark: 'version',
    endpoint: '/environments',
    answers: 'environments',
    route: 'environments',
    module: 'environments',
    reader: 'readEnvironments',
    what: 'environments',
    dates: ['lastDeploy'],
    keptBy: RELEASE_CODE,
  },
  {
    page: '/dashboard/environments',
    fields: ['id', 'version', 'environment', 'timestamp', 'status', 'author', 'message'],
    mark: 'environment',
    endpoint: '/releases',
    answers: 'releases',
    route: 'releases',
    module: 'releases',
    reader: 'readDeployments',
    what: 'deployments',
    keptBy: RELEASE_CODE,
  },
  {
    ...HOUSE,
    page: '/dashboard/house-of-ang',
    fields: ['id', 'name', 'title', 'pmo', 'status'],
    mark: 'pmo',
    reader: 'readSupervisors',
    what: 'supervisors',
    keptBy: HOUSE_CODE,
  },
  {
    ...HOUSE,
    page: '/dashboard/house-of-ang',
    fields: ['id', 'name', 'role', 'status', 'tasks', 'successRate', 'specialties'],
    mark: 'role',
    reader: 'readExecutors',
    what: 'agents',
    keptBy: HOUSE_CODE,
  },
  {
    page: '/dashboard/build',
    fields: ['id', 'name', 'description', 'complexity', 'estimatedTime', 'featureCount'],
    mark: 'description',
    endpoint: '/templates',
    answers: 'templates',
    route: 'templates',
    module: 'templates',
    reader: 'readTemplates',
    what: 'templates',
  },
  {
    page: '/dashboard/admin',
    fields: ['id', 'name', 'role', 'price', 'ctx'],
    mark: 'price',
    endpoint: '/admin/models',
    answers: 'models',
    route: 'admin/models',
    module: 'models',
    reader: 'readModels',
    what: 'models',
  },
  {
    page: '/dashboard/admin',
    fields: ['role', 'title', 'agent', 'scope'],
    mark: 'agent',
    endpoint: '/pmo',
    answers: 'offices',
    route: 'pmo',
    module: 'offices',
    reader: 'readDirectors',
    what: 'directors',
  },
  {
    ...HOUSE,
    page: '/dashboard/admin',
    fields: ['role', 'status', 'tasks'],
    mark: 'tasks',
    reader: 'readAssignments',
    what: 'agents',
    keptBy: HOUSE_CODE,
  },
];

/** An action that a page pretends, and the endpoint that carries it out. */
export interface Action {
  readonly page: string;
  readonly method: 'POST';
  readonly endpoint: string;
  readonly route: string;
  /** Whether the app has to have the route: it does more than hand on what it is asked. */
  readonly isThere: boolean;
  readonly module: string;
  readonly reader: string;
  /** Its name in the page: what the hook is called. */
  readonly name: string;
  /** The routes of the lists that it changes, first the one that its body is taken from. */
  readonly changes: readonly string[];
  /** Where its body comes from. */
  readonly body: 'from-to' | 'answers';
}

/** The actions that the gateway of the runbook has. */
export const ACTIONS: readonly Action[] = [
  {
    page: '/dashboard/environments',
    method: 'POST',
    endpoint: '/releases/:id/promote',
    route: 'releases/promote',
    isThere: false,
    module: 'environments',
    reader: 'readPromotion',
    name: 'promotion',
    changes: ['environments', 'releases'],
    body: 'from-to',
  },
  {
    page: '/dashboard/build',
    method: 'POST',
    endpoint: '/projects',
    route: 'projects',
    isThere: true,
    module: 'templates',
    reader: 'readStarted',
    name: 'launch',
    changes: ['projects'],
    body: 'answers',
  },
];

/** An action that a page has a form for, of which nobody takes what is typed. */
export interface FormAction {
  readonly page: string;
  readonly endpoint: string;
  readonly route: string;
  readonly module: string;
  readonly reader: string;
  readonly name: string;
  /** The route of the lists that it changes. */
  readonly changes: string;
  /** What its button says. */
  readonly button: RegExp;
  /** What the route takes: by the words of its label, and in how many characters. */
  readonly fields: readonly { readonly name: string; readonly label: RegExp; readonly longest: number }[];
}

/** The forms that the gateway of the runbook has an endpoint for. */
export const FORMS: readonly FormAction[] = [
  {
    page: '/dashboard/house-of-ang',
    endpoint: '/house-of-ang/spawn',
    route: 'house-of-ang/spawn',
    module: 'house-of-ang',
    reader: 'readSpawned',
    name: 'spawn',
    changes: 'house-of-ang',
    button: /\b(?:deploy|spawn|create|add)\b/i,
    fields: [
      { name: 'name', label: /\bname\b/i, longest: 100 },
      { name: 'title', label: /\b(?:role|speciali[sz]ation|title)\b/i, longest: 200 },
      { name: 'role', label: /\b(?:rules?|instructions?|purpose)\b/i, longest: 500 },
    ],
  },
];
