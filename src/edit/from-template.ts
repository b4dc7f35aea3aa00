import type { Edit, NextApp, Repo } from '../contract.ts';
import { specifierFor } from '../read/code/specifier-for.ts';
import { isInside, join } from '../repo/paths.ts';
import { template } from '../repo/templates.ts';
import { inHouseStyle } from './house-style.ts';

/** Where a template goes in this app: `app/` is the app folder, the rest stands beside it. */
export function placeOf(app: NextApp, file: string): string {
  return join(app.sourceDir, file);
}

/**
 * Creates a file of a gap's templates in the app's own style, with the specifiers that the app would write.
 * @param authPath the file that stands for `@/lib/auth` in this app
 */
export function createFromTemplate(
  repo: Repo,
  app: NextApp,
  gap: string,
  file: string,
  authPath: string,
): Edit & { readonly kind: 'create' } {
  const source = `${gap}/frontend/${file}`;
  const path = placeOf(app, file);
  const text = template(source).replace(/'@\/([\w/-]+)'/g, (_, name: string) => {
    const target = name === 'lib/auth' ? authPath : placeOf(app, `${name}.ts`);
    return `'${specifierFor(repo, app, path, target)}'`;
  });
  const folder = placeOf(
    app,
    file
      .split('/')
      .slice(0, file.startsWith('app/') ? 2 : 1)
      .join('/'),
  );
  const code = app.files.filter((each) => /\.[jt]sx?$/.test(each));
  const beside = code.filter((each) => isInside(folder, each));
  const neighbours = beside.length > 2 ? beside : code;
  const homed = hasDashboard(app) ? text : text.replaceAll("'/dashboard'", "'/'");
  return { kind: 'create', path, text: inHouseStyle(repo, neighbours, source, homed) };
}

function hasDashboard(app: NextApp): boolean {
  return app.files.some((path) => /\/(\([\w-]+\)\/)*dashboard\/page\.[jt]sx?$/.test(path));
}
