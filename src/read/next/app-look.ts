import type { NextApp, Repo } from '../../contract.ts';
import { basename, dirname, join } from '../../repo/paths.ts';

/** Where the app keeps its components: the folder of that name with the most files, or beside app/. */
export function componentsFolder({
  sourceDir,
  dir,
  appDir = '',
  files,
}: Pick<NextApp, 'sourceDir' | 'dir' | 'appDir' | 'files'>): string {
  const places = [
    join(sourceDir, 'components'),
    join(dir, 'components'),
    join(appDir, 'components'),
    join(appDir, '_components'),
  ];
  const counts = places.map((place) => files.filter((path) => path.startsWith(`${place}/`)).length);
  return places[counts.indexOf(Math.max(...counts))] ?? places[0] ?? '';
}

/** Whether classes of Tailwind CSS mean something in this app. */
export function usesTailwind(repo: Repo, { workspace, files, dir }: NextApp): boolean {
  const { dependencies, devDependencies } = workspace.manifest;
  if ('tailwindcss' in { ...dependencies, ...devDependencies }) return true;
  return (
    files.some((path) => dirname(path) === dir && /^tailwind\.config\.\w+$/.test(basename(path))) ||
    files.some(
      (path) => path.endsWith('.css') && repo.mentions(path, /@tailwind\s|@import\s+['"]tailwindcss/),
    )
  );
}
