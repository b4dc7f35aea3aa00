import type { Code, SourceModule } from './code/code.ts';
import type { Lead } from './source.ts';
import type { YamlDocument } from './yaml.ts';

/**
 * A read-only view of the target. Each file is read once and parsed once per parser, however many gaps ask.
 * Paths are relative to the root, with slashes. Whatever cannot be read or parsed throws SourceError, which
 * blocks the gap that asked and no other.
 */
export interface Repo {
  /** Every file, sorted; installed and built folders and links are left out. */
  readonly files: readonly string[];
  /** The files whose path matches. */
  find(pattern: RegExp): readonly string[];
  /** Folders that this user may not look into. */
  readonly closedFolders: readonly string[];
  /** Links, which are not followed: what they lead to is not among the files. */
  readonly links: readonly string[];
  /** Where a link leads; undefined for one that leads nowhere, or in a circle. */
  leadOf(link: string): Lead | undefined;
  /** Whether the file is listed. */
  exists(path: string): boolean;
  /** Whether anything stands at the path, so that creating a file there would be a conflict. */
  occupied(path: string): boolean;
  /** The text with LF line ends and without BOM; offsets everywhere refer to it. */
  text(path: string): string;
  /** Like `text`, but undefined where the file is missing, binary or unreadable: for sweeps over many files. */
  peek(path: string): string | undefined;
  /** Whether a listed file holds the words or matches the pattern (without `g` and `y`). */
  mentions(path: string, what: string | RegExp): boolean;
  /** SHA-256 of the bytes: the `base` of a splice or delete. */
  hash(path: string): string;
  mode(path: string): number;
  /** A file of JavaScript or TypeScript, as far as it can be read. */
  code(path: string): Code;
  /** The same; throws where it could not be read whole. */
  module(path: string): SourceModule;
  /** YAML as written: for positions. */
  yaml(path: string): readonly YamlDocument[];
  /** YAML with merge keys resolved: for values. */
  mergedYaml(path: string): readonly YamlDocument[];
  json(path: string): unknown;
  /** Next.js apps, Compose files and packages. */
  readonly layout: Layout;
}

/** What a person settles that discovery cannot. */
export interface RepoOptions {
  /** Narrows the Next.js apps to these folders. */
  readonly apps?: readonly string[];
  /** The Compose files that are deployed. */
  readonly compose?: readonly string[];
}

/** What stands where in the target. Everything is found, nothing is assumed from A.I.M.S.'s own folder names. */
export interface Layout {
  /** Folders with a package.json. */
  readonly packages: readonly Workspace[];
  readonly apps: readonly NextApp[];
  readonly compose: readonly ComposeFile[];
}

/** The fields of a package.json that gaps ask for. Anything of another type reads as absent. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A folder with a package.json. */
export interface Workspace {
  /** '' for the root. */
  readonly dir: string;
  /** The package.json. */
  readonly path: string;
  /** Read at the first access; throws SourceError when it does not parse. */
  readonly manifest: PackageJson;
}

/** A Next.js application: a folder that next is run in, with an app or pages folder. */
export interface NextApp {
  /** Folder that next is run in, '' for the root. */
  readonly dir: string;
  /** The package of that folder; where it has none of its own, the one above it. */
  readonly workspace: Workspace;
  /** `dir` or `dir/src`: where app/, pages/, middleware and instrumentation stand. */
  readonly sourceDir: string;
  readonly appDir: string | undefined;
  readonly pagesDir: string | undefined;
  /** The declared range of next, as in '14.0.4' or 'catalog:'. */
  readonly next: string;
  readonly typescript: boolean;
  readonly configPath: string | undefined;
  readonly middlewarePath: string | undefined;
  /** Listed files of the app, without those of packages nested in it. */
  readonly files: readonly string[];
}

/** A Compose file and whether it is the one that is deployed. */
export interface ComposeFile {
  readonly path: string;
  /**
   * `yes`: a person chose it, or a deploy script or workflow starts it. `no`: another one is chosen or started, or it
   * says itself that nobody deploys it. `unknown`: nothing in the repository says which file is deployed.
   */
  readonly deployed: 'yes' | 'no' | 'unknown';
  /** It says itself that nobody deploys it, by its name or in its first lines, or a person chose others. */
  readonly isAside: boolean;
  /** Who says so, or why it is not known, for people. */
  readonly evidence: string;
  /** The commands that name it (`deploy.sh:3`), each with the place of the name: a later file is laid over an earlier. */
  readonly commands: ReadonlyMap<string, number>;
}
