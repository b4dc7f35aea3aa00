import type { Edit, NextApp, Repo } from '../../../src/contract.ts';
import { inHouseStyle } from '../../../src/edit/house-style.ts';
import { withoutTypes } from '../../../src/edit/without-types.ts';
import { attributeOf, jsxElements } from '../../../src/read/markup/markup.ts';
import { componentsFolder, usesTailwind } from '../../../src/read/next/app-look.ts';
import { pageExtension } from '../../../src/read/next/app-router.ts';
import { join } from '../../../src/repo/paths.ts';
import { template } from '../../../src/repo/templates.ts';

const GAP = 'gap-014-loading-states/frontend/components';
const NAME = 'LoadingOutline';

/** The component that the loading files of an app share. */
export interface OutlineComponent {
  readonly path: string;
  /** Whether it, and what uses it, speaks Tailwind CSS. */
  readonly isTailwind: boolean;
}

/** A loading file that is created, and the parts of the shared component that it shows. */
export interface LoadingEdit {
  readonly edit: Edit & { readonly kind: 'create' };
  readonly parts: ReadonlySet<string>;
}

/** Where the component of an app stands, or would stand. */
export function componentFor(repo: Repo, app: NextApp): OutlineComponent {
  return {
    path: join(componentsFolder(app), `${NAME}.${pageExtension(app)}`),
    isTailwind: usesTailwind(repo, app),
  };
}

/** Creates the component with the parts that the files show; undefined where something else stands in its place. */
export function componentEdits(
  repo: Repo,
  app: NextApp,
  { path, isTailwind }: OutlineComponent,
  files: readonly LoadingEdit[],
): readonly Edit[] | undefined {
  const parts = new Set(files.flatMap((file) => [...file.parts]));
  if (parts.size === 0) return [];
  if (repo.occupied(path)) return hasAll(repo.peek(path) ?? '', parts) ? [] : undefined;
  const source = `${GAP}/${isTailwind ? '' : 'plain/'}${NAME}.tsx`;
  const text = withParts(template(source), parts).replaceAll('rounded-2xl', cornersOf(repo, app));
  const sheet = path.replace(/\.\w+$/, '.module.css');
  const styles = template(`${GAP}/plain/${NAME}.module.css`);
  return [
    {
      kind: 'create',
      path,
      text: styled(
        repo,
        app,
        source,
        path.endsWith('x') && !path.endsWith('.tsx') ? withoutTypes(source, text) : text,
      ),
    },
    ...(isTailwind ? [] : [{ kind: 'create', path: sheet, text: styles } as const]),
  ];
}

function hasAll(text: string, parts: ReadonlySet<string>): boolean {
  return [...parts].every((part) => text.includes(`export function ${part}(`));
}

/** The template without the parts that no page shows: each begins with its comment. */
function withParts(text: string, parts: ReadonlySet<string>): string {
  const [head = '', ...sections] = text.split(/\n(?=\/\*\* )/);
  const kept = sections.filter((section) => parts.has(/export function (\w+)/.exec(section)?.[1] ?? ''));
  return [head, ...kept].join('\n').trimEnd().concat('\n');
}

/** How round the boxes of the pages are: the class that most of them have. */
function cornersOf(repo: Repo, app: NextApp): string {
  const counts = new Map<string, number>();
  for (const path of app.files.filter((each) => /dashboard\/.*page\.[jt]sx$/.test(each)))
    for (const element of jsxElements(repo, path)) {
      const classes = attributeOf(element, 'className');
      if (classes?.kind !== 'text' || !/\bborder\b/.test(classes.value)) continue;
      const corner = /(?:^|\s)(rounded-(?:none|sm|md|lg|xl|2xl|3xl))(?=\s|$)/.exec(classes.value)?.[1];
      if (corner !== undefined) counts.set(corner, (counts.get(corner) ?? 0) + 1);
    }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'rounded-2xl';
}

function styled(repo: Repo, app: NextApp, path: string, text: string): string {
  return inHouseStyle(
    repo,
    app.files.filter((each) => /\.[jt]sx?$/.test(each)),
    path,
    text,
  );
}
