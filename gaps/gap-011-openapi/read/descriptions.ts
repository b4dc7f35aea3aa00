import type { Repo } from '../../../src/contract.ts';
import { codeDescriptions } from './code-descriptions.ts';
import { commentDescriptions } from './comment-descriptions.ts';
import type { Description } from './description.ts';
import { fileDescriptions } from './file-descriptions.ts';
import { generatedDescriptions } from './generated-descriptions.ts';

/** Every description of the repository. What does not parse describes nothing. */
export function descriptionsIn(repo: Repo): readonly Description[] {
  const code = codeDescriptions(repo);
  // swagger-jsdoc is handed the servers in an object without paths.
  const definitions = code.filter(({ operations, isPartial }) => operations.length === 0 && !isPartial);
  const bases = [...new Set(definitions.flatMap((each) => each.bases))];
  return [
    ...fileDescriptions(repo),
    ...commentDescriptions(repo).map((each) => (bases.length > 0 ? { ...each, bases } : each)),
    ...code.filter(({ operations, isPartial }) => operations.length > 0 || isPartial),
    ...generatedDescriptions(repo, code),
  ];
}
