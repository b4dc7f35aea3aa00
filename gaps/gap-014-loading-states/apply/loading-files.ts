import type { NextApp, Repo } from '../../../src/contract.ts';
import { inHouseStyle } from '../../../src/edit/house-style.ts';
import { specifierFor } from '../../../src/read/code/specifier-for.ts';
import { dirname, isInside } from '../../../src/repo/paths.ts';
import type { Block } from '../read/blocks.ts';
import { type Outline, outlineOf } from '../read/outline.ts';
import type { DashboardPage } from '../read.ts';
import type { LoadingEdit, OutlineComponent } from './component.ts';

export type LoadingPage = Pick<DashboardPage, 'path' | 'folder' | 'wanted' | 'loading'>;

/** A file for each page that looks other than what the file above it shows. */
export function loadingFiles(
  repo: Repo,
  app: NextApp,
  component: OutlineComponent,
  pages: readonly LoadingPage[],
): readonly LoadingEdit[] {
  const drawn = pages.map((page) => ({ page, outline: outlineOf(repo, app, page.path) }));
  const own = drawn.filter(({ page, outline }) => {
    const above = drawn
      .filter((other) => isInside(other.page.folder, page.folder))
      .sort((a, b) => b.page.folder.length - a.page.folder.length)[0];
    return !above || JSON.stringify(above.outline) !== JSON.stringify(outline);
  });
  return own.map(({ page, outline }) => ({
    edit: {
      kind: 'create',
      path: page.wanted.path,
      text: styled(repo, app, page.wanted.path, textOf(repo, app, component, page.wanted.path, outline)),
    },
    parts: partsOf(outline),
  }));
}

function styled(repo: Repo, app: NextApp, path: string, text: string): string {
  const { appDir = '' } = app;
  return inHouseStyle(
    repo,
    app.files.filter((each) => isInside(appDir, each) && /\.[jt]sx?$/.test(each)),
    path,
    text,
  );
}

function textOf(
  repo: Repo,
  app: NextApp,
  { path: component, isTailwind }: OutlineComponent,
  path: string,
  outline: Outline,
): string {
  const names = [...partsOf(outline)].sort();
  const layout = isTailwind && outline.layout !== undefined ? ` className="${outline.layout}"` : '';
  const lines = outline.blocks.map((block) => `      ${elementOf(block, isTailwind)}\n`).join('');
  const imported = `import { ${names.join(', ')} } from '${specifierFor(repo, app, path, component)}';`;
  return `${headOf(repo, path)}${imported.length > 100 ? broken(names, imported) : imported}

export default function Loading() {
  return (
    <LoadingOutline${layout}>
${lines}    </LoadingOutline>
  );
}
`;
}

function broken(names: readonly string[], imported: string): string {
  return `import {\n${names.map((name) => `  ${name},\n`).join('')}${imported.slice(imported.indexOf('} from'))}`;
}

/** The comment with its own path that the page beside it begins with. */
function headOf(repo: Repo, path: string): string {
  const beside = repo.find(/\/page\.[jt]sx?$/).find((page) => dirname(page) === dirname(path));
  const [comment = ''] = beside === undefined ? [] : (/^\/\/ .*\n/.exec(repo.peek(beside) ?? '') ?? []);
  const own = comment.slice(3, -1);
  if (beside === undefined || own === '' || !beside.endsWith(own)) return '';
  return `// ${path.slice(beside.length - own.length)}\n`;
}

function partsOf({ blocks }: Outline): ReadonlySet<string> {
  return new Set(['LoadingOutline', ...blocks.map(({ kind }) => PARTS[kind])]);
}

const PARTS: Readonly<Record<Block['kind'], string>> = {
  heading: 'HeadingOutline',
  cards: 'CardsOutline',
  rows: 'RowsOutline',
  form: 'FormOutline',
  chat: 'ChatOutline',
  panel: 'PanelOutline',
};

const GRID = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-4';

function elementOf(block: Block, isTailwind: boolean): string {
  switch (block.kind) {
    case 'cards':
      return `<CardsOutline count={${block.count}}${isTailwind ? ` className="${block.grid ?? GRID}"` : ''} />`;
    case 'rows':
      return `<RowsOutline count={${block.count}} />`;
    case 'form':
      return `<FormOutline fields={${block.fields}} />`;
    default:
      return `<${PARTS[block.kind]} />`;
  }
}
