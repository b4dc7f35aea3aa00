import type { SourceModule } from '../../src/contract.ts';

const REQUIRED = /(?:const|let|var)\s+(\w+|\{[^}]*\})\s*=\s*require\(\s*['"]([^'"]+)['"]\s*\)(?:\.(\w+))?/g;

/** The local names that imports of these packages have in a module, and what each is in its package. */
export function localsOf(module: SourceModule, code: string, packages: RegExp): ReadonlyMap<string, string> {
  const imported = module.imports
    .filter(({ moduleRequest }) => packages.test(moduleRequest.value))
    .flatMap(({ entries }) => entries.filter(({ isType }) => !isType))
    .map(({ localName, importName }): readonly [string, string] => [
      localName.value,
      importName.kind === 'Name' ? (importName.name ?? '') : 'default',
    ]);
  const required = [...code.matchAll(REQUIRED)]
    .filter(([, , name = '']) => packages.test(name))
    .flatMap(([, target = '', , member]) => requiredNames(target, member));
  return new Map([...imported, ...required]);
}

function requiredNames(target: string, member: string | undefined): readonly (readonly [string, string])[] {
  if (!target.startsWith('{')) return [[target, member ?? 'default']];
  return target
    .slice(1, -1)
    .split(',')
    .flatMap((entry): readonly (readonly [string, string])[] => {
      const [from = '', to = from] = entry.trim().split(/\s*:\s*/);
      return from === '' ? [] : [[to, from]];
    });
}
