import type { Repo } from '../../../src/contract.ts';
import { SourceError } from '../../../src/errors.ts';
import { composeModel } from '../../../src/read/deploy/compose.ts';
import { wordsFrom } from '../../../src/read/deploy/shell-words.ts';
import type { Section } from '../../../src/read/documents/prose.ts';
import { basename, dirname, join } from '../../../src/repo/paths.ts';

/** Something that a command of the procedure needs and that is not there. */
export interface DeadReference {
  readonly kind: 'file' | 'service';
  readonly name: string;
}

const FENCE = /^[ \t]*(```|~~~)[ \t]*(?![ \t])([\w-]*)(?![\w-])[^\n]*\n([\s\S]*?)^[ \t]*\1/gm;
const SHELL = /^(?:|sh|bash|shell|zsh|console|shellsession|terminal)$/i;
/** Shows how something looks, with names that stand for others. */
const EXAMPLE = /\bexamples?\b|\bsample\b|\be\.g\.|\blooks? like\b|\boutput\b/i;
/** A script that is run, or a file that is handed to what reads it. */
const RUNS =
  /(?:^|[\s;&|(])(?:(?=\.\/|(?:bash|sh|source|\.)[ \t]+)(?:(?:bash|sh|source|\.)[ \t]+)?([\w./-]+\.(?:sh|bash))|(?:-f|--file)[ =]([\w./-]+\.ya?ml))(?=$|[\s;&|)])/gm;
const COMPOSE = /\bdocker[ -]compose\b/g;
const VERBS = /^(?:up|restart|stop|start|pull|logs|exec|run)$/;
const TAKES_VALUE =
  /^(?:-[ftnpuwe]|--(?:file|timeout|tail|scale|profile|project-name|env-file|user|workdir|env))$/;

/** What the commands of a section name in vain. Examples, and blocks that are no commands, name nothing. */
export function deadReferencesIn(repo: Repo, path: string, section: Section): readonly DeadReference[] {
  const commands = commandsOf(section);
  const files = [...commands.matchAll(RUNS)].map(([, script, file]) => script ?? file ?? '');
  const made = new Set([...commands.matchAll(/(?:>|\btee\b)\s*([\w./-]+)/g)].map(([, name]) => name));
  const services = servicesOf(repo);
  const named = services.size === 0 ? [] : servicesNamed(commands);
  return [
    ...[...new Set(files)]
      .filter((file) => !made.has(file) && !isThere(repo, path, file))
      .map((file) => ({ kind: 'file' as const, name: file })),
    ...[...new Set(named)]
      .filter((name) => !services.has(name))
      .map((name) => ({ kind: 'service' as const, name })),
  ];
}

/** The shell of a section, without its comments. */
function commandsOf({ title, body }: Section): string {
  if (EXAMPLE.test(title)) return '';
  return [...body.matchAll(FENCE)]
    .filter(({ index, 2: language = '' }) => SHELL.test(language) && !isExample(body, index))
    .map(([, , , block = '']) => block.replace(/^[ \t]*#.*$/gm, '').replace(/^[ \t]*[$>] /gm, ''))
    .join('\n');
}

/** The line in front of a block, or the heading it stands under, introduces it as an example. */
function isExample(body: string, at: number): boolean {
  const before = body.slice(0, at).trimEnd();
  const heading = before.split('\n').findLast((line) => /^#{1,6}\s/.test(line)) ?? '';
  return EXAMPLE.test(before.slice(before.lastIndexOf('\n') + 1)) || EXAMPLE.test(heading);
}

/** The services that the Compose commands of a shell text act on. */
function servicesNamed(commands: string): readonly string[] {
  return [...commands.matchAll(COMPOSE)].flatMap(({ index, 0: program }) => {
    const words = wordsFrom(commands, index + program.length).map(({ raw }) => raw);
    const bare = words.filter((word, at) => !word.startsWith('-') && !TAKES_VALUE.test(words[at - 1] ?? ''));
    const [verb = '', ...names] = bare;
    if (!VERBS.test(verb)) return [];
    const acted = /^(?:exec|run)$/.test(verb) ? names.slice(0, 1) : names;
    return acted.filter((name) => /^[a-z][\w-]*$/.test(name));
  });
}

function servicesOf(repo: Repo): ReadonlySet<string> {
  return new Set(
    repo.layout.compose.flatMap((file) => {
      try {
        return composeModel(repo, file).services.map(({ name }) => name);
      } catch (error) {
        if (error instanceof SourceError) return [];
        throw error;
      }
    }),
  );
}

/** Under the root, beside the document, or anywhere by its name: people write paths from where they stand. */
function isThere(repo: Repo, from: string, file: string): boolean {
  if (file.startsWith('/') || /(^|\/)(?:path|your|my)[\w-]*\//.test(file)) return true;
  const bare = file.replace(/^(?:\.{1,2}\/)+/, '');
  return (
    repo.exists(bare) ||
    repo.exists(join(dirname(from), bare)) ||
    repo.files.some((path) => path.endsWith(`/${bare}`) || basename(path) === bare)
  );
}
