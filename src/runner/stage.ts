import picomatch from 'picomatch';
import type { Edit, GapMeta } from '../contract.ts';
import { sortSpans } from '../edit/spans.ts';
import { EditError, RefusedError, SourceError } from '../errors.ts';
import { createRepo, type RawRepo } from '../repo/repo.ts';
import type { Source } from '../repo/source.ts';
import { sha256 } from '../repo/text.ts';
import type { Change } from '../transaction/types.ts';
import { lineEndOf } from './line-ends.ts';
import { newBytes, spliceBytes } from './splice-bytes.ts';

/** What a path is to hold: bytes, or nothing. */
type Staged =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number }
  | { readonly kind: 'gone' };

/**
 * Edits on top of a repository, in memory. Gap after gap sees what the gaps before it would leave; nothing
 * reaches the disk until `changes` is handed to the transaction.
 */
export class Stage {
  readonly #base: RawRepo;
  readonly #staged = new Map<string, Staged>();
  #view: RawRepo;

  constructor(base: RawRepo) {
    this.#base = base;
    this.#view = base;
  }

  /** A second stage that starts from this one, to try what may be refused. */
  fork(): Stage {
    const copy = new Stage(this.#base);
    copy.#accept(this.#staged);
    return copy;
  }

  /** The repository as the staged edits would leave it. */
  get repo(): RawRepo {
    return this.#view;
  }

  /** Every path that was staged so far. */
  get paths(): Iterable<string> {
    return this.#staged.keys();
  }

  /**
   * Stages a gap's edits, all or none.
   * @throws EditError when an edit breaks the contract; RefusedError when a file stands in the way.
   */
  add(meta: Pick<GapMeta, 'id' | 'writes'>, edits: readonly Edit[]): void {
    const allowed = picomatch([...meta.writes], { dot: true });
    const next = new Map<string, Staged>();
    for (const edit of edits) {
      if (!allowed(edit.path))
        throw new EditError(`${meta.id} may not write ${edit.path} (not in its declared paths)`);
      if (next.has(edit.path)) throw new EditError(`${meta.id} edits ${edit.path} twice`);
      requirePlainText(meta, edit);
      next.set(edit.path, stagedBy(this.#view, edit));
    }
    this.#accept(next);
    for (const [path, staged] of next) if (staged.kind === 'file') requireParses(this.#view, path);
  }

  /** Stages whole new bytes of existing or new files: lock files, which a package manager writes. */
  put(files: ReadonlyMap<string, Uint8Array>): void {
    const entries = [...files].map(([path, bytes]): [string, Staged] => [
      path,
      { kind: 'file', bytes, mode: this.#view.exists(path) ? this.#view.mode(path) : 0o644 },
    ]);
    this.#accept(new Map(entries));
  }

  /** The difference between the base and the stage, sorted by path. A file put back as it was is no change. */
  changes(): readonly Change[] {
    return [...this.#staged]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, staged]) => changeOf(this.#base, path, staged));
  }

  #accept(next: ReadonlyMap<string, Staged>): void {
    for (const [path, staged] of next) this.#staged.set(path, staged);
    this.#view = createRepo(overlay(this.#base, new Map(this.#staged)), this.#base.options);
  }
}

/** Line ends and BOM belong to the file, not to the gap. */
function requirePlainText({ id }: Pick<GapMeta, 'id'>, edit: Edit): void {
  const texts =
    edit.kind === 'create' ? [edit.text] : edit.kind === 'splice' ? edit.spans.map(({ text }) => text) : [];
  if (texts.some((text) => /[\r\uFEFF]/.test(text))) {
    throw new EditError(`${id} brings its own line ends or byte order mark into ${edit.path}`);
  }
}

function stagedBy(repo: RawRepo, edit: Edit): Staged {
  if (edit.kind === 'create') {
    if (repo.occupied(edit.path)) {
      throw new RefusedError(
        `${edit.path} exists already and is not what would be created`,
        'Move it or close the gap by hand.',
      );
    }
    const eol = lineEndOf(repo, edit.path, edit.text);
    return { kind: 'file', bytes: newBytes(edit.text, eol), mode: edit.mode ?? 0o644 };
  }
  if (repo.hash(edit.path) !== edit.base)
    throw new EditError(`${edit.path} is not the text that was planned against`);
  if (edit.kind === 'delete') return { kind: 'gone' };
  const spans = sortSpans(edit.path, repo.text(edit.path), edit.spans);
  return {
    kind: 'file',
    bytes: spliceBytes(repo.text(edit.path), repo.encoding(edit.path), spans),
    mode: repo.mode(edit.path),
  };
}

function changeOf(base: RawRepo, path: string, staged: Staged): Change[] {
  if (!base.exists(path)) {
    return staged.kind === 'gone' ? [] : [{ kind: 'create', path, after: staged.bytes, mode: staged.mode }];
  }
  const before = base.hash(path);
  if (staged.kind === 'gone') return [{ kind: 'delete', path, before }];
  return sha256(staged.bytes) === before ? [] : [{ kind: 'update', path, before, after: staged.bytes }];
}

function overlay(base: RawRepo, staged: ReadonlyMap<string, Staged>): Source {
  const kept = base.files.filter((path) => !staged.has(path));
  const added = [...staged].flatMap(([path, { kind }]) => (kind === 'file' ? [path] : []));
  const files = [...kept, ...added].sort();
  return {
    list: () => files,
    occupied: (path) => {
      const entry = staged.get(path);
      return entry ? entry.kind === 'file' : base.occupied(path);
    },
    read: (path) => {
      const entry = staged.get(path);
      if (entry?.kind === 'gone') throw new SourceError(path, 'does not exist');
      return entry ? entry.bytes : base.bytes(path);
    },
    mode: (path) => {
      const entry = staged.get(path);
      return entry?.kind === 'file' ? entry.mode : base.mode(path);
    },
    closedFolders: () => base.closedFolders,
    links: () => base.links,
  };
}

/** The output of an edit must parse: a fix that leaves broken code is our bug, never the user's to find. */
function requireParses(repo: RawRepo, path: string): void {
  try {
    if (/\.[cm]?[jt]sx?$/.test(path)) repo.module(path);
    else if (/\.json$/.test(path)) repo.json(path);
    else if (/\.ya?ml$/.test(path)) repo.yaml(path);
  } catch (error) {
    if (error instanceof SourceError) throw new EditError(`the edit leaves ${error.message}`);
    throw error;
  }
}
