import type { Repo } from '../../../src/contract.ts';
import { SourceError } from '../../../src/errors.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { HTTP_METHODS, MATERIAL, OTHER_DATA, SAYS_VERSION } from '../tables.ts';
import type { Description, Operation } from './description.ts';

/** The descriptions in files of JSON or YAML, whatever they are called. */
export function fileDescriptions(repo: Repo): readonly Description[] {
  return repo
    .find(/\.(?:ya?ml|json)$/i)
    .filter((path) => !MATERIAL.test(path) && !OTHER_DATA.test(path))
    .filter((path) => {
      const text = repo.peek(path) ?? '';
      return (text.includes('openapi') || text.includes('swagger')) && SAYS_VERSION.test(text);
    })
    .flatMap((path): Description[] => {
      const document = asRecord(documentAt(repo, path));
      const paths = asRecord(document.paths);
      if (document.openapi === undefined && document.swagger === undefined) return [];
      const operations = operationsIn(paths, path, repo.peek(path) ?? '');
      return [
        {
          path,
          name: path,
          operations,
          bases: basesOf(document),
          tellers: [],
          isPartial: '$ref' in paths,
        },
      ];
    })
    .filter(({ operations, isPartial }) => operations.length > 0 || isPartial);
}

function documentAt(repo: Repo, path: string): unknown {
  try {
    return path.endsWith('.json') ? repo.json(path) : yamlValue(repo, path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function operationsIn(
  paths: Readonly<Record<string, unknown>>,
  file: string,
  text: string,
): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, value]): readonly Operation[] => {
    if (!path.startsWith('/')) return [];
    const item = asRecord(value);
    const at = Math.max(0, text.indexOf(path));
    if ('$ref' in item) return [{ method: '*', path, file, at }];
    const methods = Object.keys(item).filter((key) => HTTP_METHODS.has(key));
    return methods.map((method) => ({ method: method.toUpperCase(), path, file, at }));
  });
}

/** `/api` of `servers: [{ url: https://example.com/api }]`, or the basePath of Swagger 2. */
function basesOf(document: Readonly<Record<string, unknown>>): readonly string[] {
  const servers: readonly unknown[] = Array.isArray(document.servers) ? document.servers : [];
  const urls = [...servers.map((each) => asRecord(each).url), document.basePath];
  const bases = urls.flatMap((url) => (typeof url === 'string' ? [basePath(url)] : []));
  return bases.length === 0 ? [''] : [...new Set(bases)];
}

/** The path of a server's address, which may begin with a variable. */
export function basePath(url: string): string {
  return url
    .replace(/^\w+:\/\/[^/]*/, '')
    .replace(/^[^/]+(?=\/|$)/, '')
    .replace(/\/$/, '');
}
