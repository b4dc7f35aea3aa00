import type { ts } from 'ts-morph';
import { lazy } from '../../repo/lazy.ts';
import { once } from '../../repo/once.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { reachableFrom, resolveImport } from './imports.ts';
import { typescript } from './typescript.ts';

/** The code that some files reach, with its types: what is installed is unknown to it, and so of any type. */
export interface TypedCode {
  readonly checker: ts.TypeChecker;
  /** Undefined for a file that the entries do not reach, or that is no code. */
  source(path: string): ts.SourceFile | undefined;
}

const CODE = /\.[cm]?[jt]sx?$/;

/** Where the types of the language stand, among files of the repository that all begin with a slash. */
const GLOBALS = '/node_modules/globals.d.ts';

/** What the language has no types for and every handler uses. */
const GLOBAL_TYPES = `
declare const process: { env: Record<string, string | undefined>; uptime(): number; version: string };
declare class URL { constructor(url: string, base?: string); searchParams: URLSearchParams; href: string; origin: string; pathname: string; host: string; hostname: string }
declare class URLSearchParams { get(name: string): string | null; getAll(name: string): string[]; has(name: string): boolean }
declare class Headers { get(name: string): string | null; has(name: string): boolean }
declare class FormData { get(name: string): File | string | null; getAll(name: string): (File | string)[] }
declare class Blob { size: number; type: string; text(): Promise<string>; arrayBuffer(): Promise<ArrayBuffer> }
declare class File extends Blob { name: string }
declare class Request { url: string; method: string; headers: Headers; json(): Promise<any>; text(): Promise<string>; formData(): Promise<FormData>; arrayBuffer(): Promise<ArrayBuffer>; clone(): Request }
declare class Response { constructor(body?: unknown, init?: unknown); ok: boolean; status: number; statusText: string; headers: Headers; json(): Promise<any>; text(): Promise<string>; static json(body: unknown, init?: unknown): Response }
declare function fetch(url: unknown, init?: unknown): Promise<Response>;
`;

/** Opens the files that the entries import, directly or through others, as one program. */
export function typedCode(repo: Repo, app: NextApp, entries: readonly string[]): TypedCode {
  const files = [...reachableFrom(repo, app, entries)].filter((path) => CODE.test(path));
  const own = new Map<string, string>(files.map((path) => [`/${path}`, repo.peek(path) ?? '']));
  const program = typescript().createProgram({
    rootNames: [GLOBALS, ...own.keys()],
    options: language().options,
    host: hostOf(own, (from, specifier) => resolveImport(repo, app, from.slice(1), specifier)),
  });
  return {
    checker: program.getTypeChecker(),
    source: (path) => (own.has(`/${path}`) ? program.getSourceFile(`/${path}`) : undefined),
  };
}

type Resolve = (from: string, specifier: string) => string | undefined;

/** A machine that holds these texts and the types of the language, and nothing else. */
function hostOf(own: ReadonlyMap<string, string>, resolve: Resolve): ts.CompilerHost {
  const opened = new Map<string, ts.SourceFile>(language().sources);
  return {
    getSourceFile: (name) => {
      const text = own.get(name);
      if (text !== undefined && !opened.has(name)) opened.set(name, parsed(name, text));
      return opened.get(name);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: moduleAt(own, resolve(from, text)) })),
    fileExists: (name) => own.has(name) || opened.has(name),
    readFile: (name) => own.get(name),
    getDefaultLibFileName: () => LIBRARY,
    getDefaultLibLocation: () => LIBRARIES,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
  };
}

function moduleAt(
  own: ReadonlyMap<string, string>,
  target: string | undefined,
): ts.ResolvedModuleFull | undefined {
  if (target === undefined || !own.has(`/${target}`)) return undefined;
  return { resolvedFileName: `/${target}`, extension: extensionOf(target) };
}

function parsed(name: string, text: string): ts.SourceFile {
  const ts = typescript();
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
}

function extensionOf(path: string): string {
  return /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.ts';
}

const LIBRARIES = '/node_modules/typescript/lib';
const LIBRARY = `${LIBRARIES}/lib.es2023.d.ts`;

/** The types of the language, which come with ts-morph: parsed once for all programs. */
const language = once(() => {
  const { Project, ts } = lazy.tsMorph();
  const options: ts.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    noEmit: true,
    strict: true,
    types: [],
  };
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: options });
  // A program without a file of its own loads no types.
  project.createSourceFile(GLOBALS, GLOBAL_TYPES);
  const libraries = project.getProgram().compilerObject.getSourceFiles();
  return { options, sources: libraries.map((each) => [each.fileName, each] as const) };
});
