import type { Edit, Finding, NextApp, Repo, Span } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { splice } from '../../../src/edit/spans.ts';
import { addImports, type WantedImport } from '../../../src/edit/ts-imports.ts';
import { isClient } from '../../../src/read/code/component-file.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { peekTypedModule } from '../../../src/read/code/typed-module.ts';
import type { Code } from '../detect.ts';
import { constantOf } from '../read/constants.ts';
import { isReachable, sourceOf } from '../read/sources.ts';
import type { Source } from '../sources.ts';
import { NAMED_PAGES } from '../tables.ts';
import { controls, type Tried, type Wanted } from './controls.ts';
import { dataPart } from './data.ts';
import { failurePart } from './failure.ts';
import { isServable } from './files.ts';
import { inventedUserPart } from './invented-user.ts';
import { camelCase, joinParts, type PageContext, type PagePart, type WantedName } from './page-part.ts';

/** What a page's findings come to: one splice, the templates that it needs, and what is left for a person. */
export interface PageFix {
  readonly edits: readonly Edit[];
  readonly files: readonly string[];
  readonly left: readonly Left[];
}

/** A finding that no edit closes, and why. */
export interface Left {
  readonly finding: Finding<Code>;
  readonly why?: string;
}

/** Edits one page: each finding by itself where it can be, the data and what acts on it together. */
export function pageFix(repo: Repo, app: NextApp, path: string, wanted: Wanted): PageFix {
  const module = peekTypedModule(repo, path);
  const [first] = wanted;
  const url = first?.data?.url ?? '';
  const isKnown = NAMED_PAGES.includes(url) && isReachable(repo, app);
  if (!module || !isKnown || !isClient(module))
    return { edits: [], files: [], left: wanted.map((finding) => ({ finding })) };
  const page: PageContext = { repo, app, url, path, module };
  const tried = [...dataAndActions(page, wanted), ...states(page, wanted), ...users(page, wanted)];
  const parts = tried.flatMap(([, outcome]) => ('refused' in outcome ? [] : [outcome]));
  const edit = parts.length > 0 ? editOf(page, joinParts(parts)) : undefined;
  const closed = edit ? tried.flatMap(([findings, outcome]) => ('refused' in outcome ? [] : findings)) : [];
  const reasons = new Map(
    tried.flatMap(([findings, outcome]) =>
      'refused' in outcome ? findings.map((finding) => [finding, outcome.refused] as const) : [],
    ),
  );
  return {
    edits: edit ? [edit] : [],
    files: edit ? filesOf(joinParts(parts)) : [],
    left: wanted
      .filter((finding) => !closed.includes(finding))
      .map((finding) => {
        const why = reasons.get(finding);
        return why === undefined ? { finding } : { finding, why };
      }),
  };
}

function dataAndActions(page: PageContext, wanted: Wanted): readonly Tried[] {
  const { repo, app, url, path } = page;
  const constants = wanted.filter(({ code }) => code === 'hard-coded-data');
  const sourced = constants.flatMap((finding) => {
    const name = finding.data?.what ?? '';
    const source = sourceOf(repo, app, url, path, name);
    return source ? [{ finding, name, source }] : [];
  });
  const data = sourced.length > 0 ? groups(page, sourced).map((each) => served(page, each)) : [];
  const lists = data.flatMap(([findings, outcome]) =>
    'refused' in outcome ? [] : sourced.filter(({ finding }) => findings.includes(finding)),
  );
  const retried = lists.map((each) => ({ route: each.source.route, variable: answerOf(page, each) }));
  return [...data, ...controls(page, wanted, retried).map((each) => served(page, each))];
}

/** Refuses what needs a route that cannot be guarded. */
function served({ repo, app }: PageContext, [findings, outcome]: Tried): Tried {
  if ('refused' in outcome || isServable(repo, app, outcome.files)) return [findings, outcome];
  return [findings, { refused: "needs a route, and another file stands where the route's guard would go" }];
}

interface SourcedFinding {
  readonly finding: Finding<Code>;
  readonly name: string;
  readonly source: Source;
}

/** All at once, because they may be computed of each other; where that cannot be, those that can be by themselves. */
function groups(page: PageContext, sourced: readonly SourcedFinding[]): readonly Tried[] {
  const all = dataPart(page, sourced);
  if (!('refused' in all)) return [[sourced.map(({ finding }) => finding), all]];
  if (sourced.length === 1) return [[sourced.map(({ finding }) => finding), all]];
  const fine = sourced.filter((each) => !('refused' in dataPart(page, [each])));
  const rest = sourced.filter((each) => !fine.includes(each));
  const together = fine.length > 0 ? dataPart(page, fine) : undefined;
  return [
    ...(together ? [[fine.map(({ finding }) => finding), together] as const] : []),
    ...rest.map((each) => [[each.finding], dataPart(page, [each])] as const),
  ];
}

/** What the component calls the answer of a list. */
function answerOf({ module }: PageContext, { name }: SourcedFinding): string {
  const isMixed = (constantOf(module, name)?.ownFields.length ?? 0) > 0;
  return camelCase(name) + (isMixed ? 'Data' : '');
}

function states(page: PageContext, wanted: Wanted): readonly Tried[] {
  const missing = wanted.filter(({ code }) => code === 'no-error-state' || code === 'no-empty-state');
  const [first] = missing;
  if (!first) return [];
  return [[missing, failurePart(page, first.at ?? 0, page.url.replace(/^.*\//, '').replace(/-/g, ' '))]];
}

function users(page: PageContext, wanted: Wanted): readonly Tried[] {
  return wanted
    .filter(({ code }) => code === 'invented-user')
    .map((finding) => [[finding], inventedUserPart(page, finding.at ?? 0)]);
}

function editOf(page: PageContext, part: PagePart): Edit | undefined {
  const { repo, app, path, module } = page;
  const files = [...new Set(part.imports.map(({ file }) => file))];
  const wanted = files.map((file): WantedImport => {
    const names = part.imports.filter((each) => each.file === file);
    const named = names.flatMap(({ name }) => (name === 'default' ? [] : [name]));
    const target = specifierFor(repo, app, path, placeOf(app, file));
    return {
      module: target,
      ...(names.some(isDefault) ? { default: file.replace(/^.*\/|\.tsx?$/g, '') } : {}),
      ...(named.length > 0 ? { named } : {}),
    };
  });
  const imported = addImports(path, module.text, wanted);
  return 'refused' in imported ? undefined : splice(repo, path, besideRemoved(imported.spans, part.spans));
}

/** New imports stand behind the last one; where that goes, they take its place. */
function besideRemoved(inserted: readonly Span[], spans: readonly Span[]): readonly Span[] {
  const lastOf = ({ start, end, text }: Span) =>
    text === '' ? inserted.filter((each) => start < each.start && each.start < end) : [];
  const moved = spans.flatMap(lastOf);
  return [
    ...inserted.filter((each) => !moved.includes(each)),
    ...spans.map((span) => {
      const lines = lastOf(span).map(({ text }) => text.replace(/^\n/, ''));
      return lines.length > 0 ? { ...span, text: `${lines.join('\n')}\n` } : span;
    }),
  ];
}

function isDefault({ name }: WantedName): boolean {
  return name === 'default';
}

function filesOf({ imports, files }: PagePart): readonly string[] {
  return [...imports.map(({ file }) => file), ...files];
}
