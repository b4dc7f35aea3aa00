import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { importersOf, reachableFrom, resolveImport } from '../../src/read/code/imports.ts';
import type { Form } from './forms.ts';
import { type Inputs, inputsOf } from './subject.ts';

/** Any word that a check against a schema cannot do without. */
const WORDS =
  /\.(?:safeParse|parseAsync|safeParseAsync|spa|validate(?:Sync|Async)?|isValid|inputSchema|schema|inputValidator)\(|\.input\(|esolver\b|validationSchema|parseWith[A-Z]|(?<!\b(?:JSON|Date|path|qs|URL|superjson))\.parse\(|(?<![.\w])(?:safeP|p)arse\(|(?<![.\w])assert\(|\bajv\b|validators:|\btype\(\{|Value\.Check|decodeUnknown|\bzfd\b|withZod/;
/** What a form, or a component around it, may be given. */
const GIVEN = /<\w[\w.]*[^<>]*\b(?:validationSchema|schema|validator|resolver)=/;

/** Looks at lines of text near each form, where detect reads trees and scopes. */
export function checksOf(repo: Repo): readonly Check[] {
  return inputsOf(repo).flatMap((inputs) => {
    const { forms, formless, app } = inputs;
    const where = app.dir === '' ? 'the app' : app.dir;
    return [
      ...(forms.length > 0
        ? [check(`Every form of ${where} leads to a check against a schema`, () => unchecked(repo, inputs))]
        : []),
      ...(formless.length > 0
        ? [
            check(`No page of ${where} asks for data outside of a form`, () =>
              formless.map(({ path, form }) => `${path} (${form})`),
            ),
          ]
        : []),
    ];
  });
}

function check(title: string, faults: () => readonly string[]): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const found = faults();
      if (found.length > 0) return { verdict: 'fail', reason: found.join('; ') };
      return { verdict: 'pass', evidence: [{ subject: 'every form', observed: 'a schema checks it' }] };
    },
  };
}

function unchecked(repo: Repo, inputs: Inputs): readonly string[] {
  return inputs.forms
    .filter((form) => !isChecked(repo, inputs, form))
    .map(
      ({ path, element }) => `${path}:${(repo.peek(path) ?? '').slice(0, element.start).split('\n').length}`,
    );
}

function isChecked(repo: Repo, { app, base }: Inputs, { path, element }: Form): boolean {
  const text = codeOf(repo, path);
  if (GIVEN.test(text.slice(Math.max(0, element.start - 300), Math.min(element.end, element.start + 200))))
    return true;
  const form = text.slice(element.start, element.end);
  const given = [...form.matchAll(/(?:onSubmit|action|formAction|onClick)=\{([^}]*)|\{\.\.\.([^}]*)\}/g)];
  const around = text.slice(Math.max(0, element.start - 200), element.start);
  const provided = /<Form(?:Provider)?\s+\{\.\.\.(\w+)\}/.exec(around)?.[1];
  const own = given.map(([, handler, spread]) => handler ?? spread ?? '');
  const isIdle = own.every((each) => /^\S*\s*=>\s*\{?\s*\w+\.preventDefault\(\)/.test(each));
  const lines = [...own, ...(isIdle && provided !== undefined ? [provided] : [])].join('\n');
  const trail = new Trail(repo, app);
  trail.follow(path, lines, element.start);
  // A handler that the component is given is written where the component is rendered.
  const isGiven = [...trail.lines.join('\n').matchAll(/(?<![\w.])(?:on[A-Z]\w*|action)(?=[()]|\s*$)/gm)].some(
    ([name]) => declarationLines(text, name, element.start) === undefined,
  );
  if (isGiven)
    for (const other of [path, ...importersOf(repo, app, path).map((importer) => importer.path)])
      trail.whole(other);
  const all = trail.lines.join('\n');
  if (WORDS.test(all)) return true;
  return (
    /\.(?:useMutation|mutate)\w*\(/.test(all) && base.code.some((other) => repo.mentions(other, /\.input\(/))
  );
}

/** The lines that names in a text lead to: from the nearest line that declares one to the next declaration. */
class Trail {
  readonly lines: string[] = [];
  readonly #seen = new Set<string>();
  readonly #waiting: { readonly path: string; readonly lines: string; readonly before: number }[] = [];
  readonly #repo: Repo;
  readonly #app: NextApp;

  constructor(repo: Repo, app: NextApp) {
    this.#repo = repo;
    this.#app = app;
  }

  /** What is nearest first, until there is too much of it. */
  follow(path: string, lines: string, before: number): void {
    this.#waiting.push({ path, lines, before });
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.lines.push(next.lines);
      const text = codeOf(this.#repo, next.path);
      for (const [name] of next.lines.matchAll(/\b[A-Za-z_]\w+\b/g)) {
        if (this.#seen.size > 200 || this.#seen.has(`${next.path} ${name}`)) continue;
        this.#seen.add(`${next.path} ${name}`);
        const declared = declarationLines(text, name, next.before);
        if (declared !== undefined) this.#waiting.push({ ...next, lines: declared });
        else this.#import(next.path, text, name);
      }
    }
  }

  /** Everything in a file, and in those that it imports. */
  whole(path: string): void {
    for (const other of reachableFrom(this.#repo, this.#app, [path]))
      if (/\.[cm]?[jt]sx?$/.test(other)) this.lines.push(codeOf(this.#repo, other));
  }

  #import(path: string, text: string, name: string): void {
    const statement = new RegExp(`import\\s+([^'";]*\\b${name}\\b[^'";]*?)\\s+from\\s+['"]([^'"]+)['"]`).exec(
      text,
    );
    const [, clause = '', specifier] = statement ?? [];
    const target =
      specifier === undefined ? undefined : resolveImport(this.#repo, this.#app, path, specifier);
    if (target === undefined) return;
    const original = new RegExp(`(\\w+)\\s+as\\s+${name}\\b`).exec(clause)?.[1] ?? name;
    const code = codeOf(this.#repo, target);
    const declared = declarationLines(code, original, code.length);
    if (declared === undefined) this.whole(target);
    else this.#waiting.push({ path: target, lines: declared, before: code.length });
  }
}

function declarationLines(text: string, name: string, before: number): string | undefined {
  const head = new RegExp(
    `^([ \\t]*)(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?(?:(?:function|const|let)\\b[^=\\n(]*\\b${name}\\b|(?:const|let)\\s*[{[][^}\\]]*\\b${name}\\b)`,
    'gm',
  );
  const heads = [...text.matchAll(head)];
  const nearest = heads.filter(({ index }) => index < before).at(-1) ?? heads[0];
  if (!nearest) return undefined;
  const rest = text.slice(nearest.index + nearest[0].length);
  const next = rest.search(
    new RegExp(`^${nearest[1]}(?:export|async|function|const|let|return|type|interface)\\b`, 'm'),
  );
  return next === -1 ? rest.slice(0, 1500) : rest.slice(0, next);
}

const blanked = new WeakMap<Repo, Map<string, string>>();

/** Without comments, once per file: many names lead to the same one. */
function codeOf(repo: Repo, path: string): string {
  const known = blanked.get(repo) ?? new Map<string, string>();
  blanked.set(repo, known);
  let code = known.get(path);
  if (code === undefined) {
    code = withoutComments(repo, path);
    known.set(path, code);
  }
  return code;
}
