import type { Edit, Repo } from '../contract.ts';

type Create = Edit & { readonly kind: 'create' };

/** A new file at another path than its template's, opened by a comment with that path where its sibling has one. */
export function beside(repo: Repo, sibling: string, edit: Create, path: string): Create {
  const text = repo.text(sibling);
  const [comment = ''] = /^\/\/ .*\n/.exec(text) ?? [];
  const own = comment.replace(/^\/\/ |\n$/g, '');
  const isPath = own !== '' && sibling.endsWith(own);
  return {
    ...edit,
    path,
    text: isPath ? `// ${path.slice(sibling.length - own.length)}\n${edit.text}` : edit.text,
  };
}
