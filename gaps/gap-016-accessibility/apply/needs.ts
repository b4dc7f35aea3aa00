import type { Edit, NextApp, Repo, Span } from '../../../src/contract.ts';
import { inHouseStyle } from '../../../src/edit/house-style.ts';
import { openTs } from '../../../src/edit/ts-file.ts';
import { afterHooks, blockAt } from '../../../src/edit/ts-functions.ts';
import { addImports } from '../../../src/edit/ts-imports.ts';
import { withoutTypes } from '../../../src/edit/without-types.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { join } from '../../../src/repo/paths.ts';
import { template } from '../../../src/repo/templates.ts';
import type { FileToMend } from './file.ts';
import type { Mend, Need } from './mend.ts';

const GAP = 'gap-016-accessibility';
/** What aims-fix writes beside the pages, by what it exports. */
const HELPERS: Readonly<Record<Exclude<Need, 'useId'>, string>> = {
  pressOnKey: 'lib/press-on-key',
  useDialog: 'hooks/useDialog',
};

/** The edits of a file's mends: the attributes, the hooks of its components, and the imports. */
export function spansFor(
  file: FileToMend,
  mends: readonly Mend[],
): readonly Span[] | { readonly refused: string } {
  const { path, text } = file;
  const needs = new Set(mends.flatMap((mend) => mend.needs ?? []));
  const wanted = [...needs].flatMap((need) => {
    if (need !== 'useId')
      return [{ module: specifierFor(file.repo, file.app, path, helperPath(file, need)), named: [need] }];
    return file.idLine.includes('React.') ? [] : [{ module: 'react', named: ['useId'] }];
  });
  const imports = addImports(path, text, wanted);
  if ('refused' in imports) return imports;
  const hooks = new Map<number, Set<string>>();
  for (const { hook } of mends)
    if (hook) hooks.set(hook.body, (hooks.get(hook.body) ?? new Set()).add(hook.line));
  const source = hooks.size > 0 ? openTs(path, text) : undefined;
  const lines = [...hooks].flatMap(([body, own]) => {
    const block = source && blockAt(source, body);
    return block ? [afterHooks(text, block, [...own])] : [];
  });
  if (lines.length < hooks.size) return { refused: `${path}: the component has no body` };
  return [...mends.flatMap(({ spans }) => spans), ...lines, ...imports.spans];
}

/** Where the helper of a file stands: in its language, beside the app's other code. */
function helperPath({ app, path }: Pick<FileToMend, 'app' | 'path'>, need: Exclude<Need, 'useId'>): string {
  return join(app.sourceDir, `${HELPERS[need]}.${path.endsWith('.tsx') ? 'ts' : 'js'}`);
}

/** The helper that a file needs; nothing where it stands there. Undefined where something else does. */
export function helperFor(file: FileToMend, need: Need): readonly Edit[] | undefined {
  if (need === 'useId') return [];
  const path = helperPath(file, need);
  if (file.repo.occupied(path))
    return new RegExp(`export (?:function|const) ${escaped(need)}\\b`).test(file.repo.peek(path) ?? '')
      ? []
      : undefined;
  const source = `${GAP}/frontend/${HELPERS[need]}.ts`;
  const text = path.endsWith('.js') ? withoutTypes(source, template(source)) : template(source);
  return [{ kind: 'create', path, text: styled(file.repo, file.app, source, text) }];
}

function styled(repo: Repo, app: NextApp, source: string, text: string): string {
  return inHouseStyle(
    repo,
    app.files.filter((each) => /\.[jt]sx?$/.test(each)),
    source,
    text,
  );
}
