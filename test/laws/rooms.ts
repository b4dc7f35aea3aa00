/** A room of the house: what it owns, and what it may import beside itself. */
export interface Room {
  /** Path of a folder or file, without slash at the end. */
  readonly path: string;
  /** What it owns, for docs/architecture.md, which is generated from this. */
  readonly owns: string;
  readonly mayImport: readonly string[];
}

/** What every gap may use: the contract and the models, nothing that touches the machine. */
const OPEN_TO_GAPS = [
  'src/contract.ts',
  'src/world.ts',
  'src/errors.ts',
  'src/edit',
  'src/read',
  'src/repo/escaped.ts',
  'src/repo/once.ts',
  'src/repo/paths.ts',
  'src/repo/record.ts',
  'src/repo/standing.ts',
  'src/repo/templates.ts',
  'src/registry.ts',
];

/**
 * Imports point one way: each room may import from the rooms named here and from itself, types included. A row that
 * has to grow is a decision, made in the open. A path that stands earlier wins over one that holds it.
 */
export const ROOMS: readonly Room[] = [
  {
    path: 'gaps',
    owns: 'one folder a gap: metadata, `read`, `detect`, `apply`, `verify`, its tests and fixtures; one keeps out of another',
    mayImport: OPEN_TO_GAPS,
  },
  {
    path: 'src/contract.ts',
    owns: 'the front door of the contract',
    mayImport: ['src/contract', 'src/repo'],
  },
  {
    path: 'src/contract',
    owns: 'the types that a gap is made of, and `defineGap`',
    mayImport: ['src/repo', 'src/world.ts'],
  },
  {
    path: 'src/world.ts',
    owns: 'what a live check may use: visitors, pages, mail, errors, Redis, the gateway',
    mayImport: [],
  },
  { path: 'src/errors.ts', owns: 'the known errors and their exit codes', mayImport: [] },
  {
    path: 'src/words',
    owns: 'plain text: what is near to a word, what two texts differ in, what a terminal must not obey',
    mayImport: ['src/repo/lazy.ts'],
  },
  {
    path: 'src/registry.ts',
    owns: 'loads the gaps that a command names',
    mayImport: ['src/contract.ts'],
  },
  {
    path: 'src/repo',
    owns: 'the read view: one walk, each file read once and parsed once; Next.js apps, Compose files, packages',
    mayImport: ['src/errors.ts'],
  },
  {
    path: 'src/read/code',
    owns: 'what code says: comments, imports, code bases, what runs where',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo'],
  },
  {
    path: 'src/read/markup',
    owns: 'the elements of JSX and their attributes',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo', 'src/read/code'],
  },
  {
    path: 'src/read/next',
    owns: 'the conventions of Next.js: routes, pages, special files',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo', 'src/read/code', 'src/read/markup'],
  },
  {
    path: 'src/read/deploy',
    owns: 'how it is deployed: Compose, images, environments, deployment scripts',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo', 'src/read/code'],
  },
  {
    path: 'src/read/sign-in',
    owns: 'who signs in, through which door, and what each way through it rests on',
    mayImport: [
      'src/contract.ts',
      'src/errors.ts',
      'src/repo',
      'src/read/code',
      'src/read/markup',
      'src/read/next',
      'src/read/deploy',
    ],
  },
  {
    path: 'src/read/backups',
    owns: 'the data that would be lost with its disk, and what copies it',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo', 'src/read/code', 'src/read/deploy'],
  },
  {
    path: 'src/read/documents',
    owns: 'what is written about the system: what a document is for, which say something about a subject, what they leave out',
    mayImport: ['src/errors.ts', 'src/repo', 'src/read/code', 'src/read/markup', 'src/read/product'],
  },
  {
    path: 'src/read/product',
    owns: 'what the product keeps, hands on and shows',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo', 'src/read'],
  },
  {
    path: 'src/edit',
    owns: 'text splices, placed by ts-morph, the `yaml` AST and jsonc-parser',
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/read', 'src/repo'],
  },
  {
    path: 'src/runbook',
    owns: "the target's own runbook and register, compared with what is found",
    mayImport: ['src/contract.ts', 'src/errors.ts', 'src/repo'],
  },
  {
    path: 'src/transaction',
    owns: 'lock, journal, commit, recover, undo: the only code that writes to the target',
    mayImport: ['src/errors.ts'],
  },
  {
    path: 'src/runner',
    owns: 'order, audit, plan on a stage in memory, apply, verify',
    mayImport: [
      'src/contract.ts',
      'src/errors.ts',
      'src/registry.ts',
      'src/repo',
      'src/edit',
      'src/transaction',
      'src/words',
    ],
  },
  {
    path: 'src/proof',
    owns: 'the build and live levels: scratch copy, installs, build, booted app, services, evidence',
    mayImport: [
      'src/contract.ts',
      'src/errors.ts',
      'src/world.ts',
      'src/read',
      'src/repo',
      'src/runner/lock',
      'src/runner/results.ts',
      'src/runner/run-git.ts',
      'src/runner/scratch-folder.ts',
      'src/words',
    ],
  },
  {
    path: 'src/report',
    owns: 'documents to text, JSON, Markdown',
    mayImport: [
      'src/contract.ts',
      'src/errors.ts',
      'src/runner/results.ts',
      'src/runner/audit.ts',
      'src/runner/waivers.ts',
      'src/words',
      'src/repo/lazy.ts',
    ],
  },
  {
    path: 'src/cli',
    owns: 'one file a command, each loaded when it is called',
    mayImport: [
      'src/contract.ts',
      'src/errors.ts',
      'src/registry.ts',
      'src/repo',
      'src/runner',
      'src/runbook',
      'src/proof',
      'src/report',
      'src/transaction',
      'src/words',
      'gaps/registry.ts',
      'gaps/order.ts',
    ],
  },
];

/** The room of a file; undefined where the house has none for it. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => path === room.path || path.startsWith(`${room.path}/`));
}

/** The table of rooms of docs/architecture.md. */
export function roomTable(): string {
  const rows = ROOMS.map(({ path, owns, mayImport }) => {
    const may = mayImport.map((each) => each.replace(/^src\//, '')).join(', ') || '–';
    return `| \`${path}\` | ${owns} | ${may} |`;
  });
  return ['| Room | What it owns | May import |', '| --- | --- | --- |', ...rows].join('\n');
}
