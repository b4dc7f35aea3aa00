/** A small repository: path to text. */
export type Tree = Readonly<Record<string, string>>;

/** Turns every line end into CRLF, in text files. */
export function toCrlf(tree: Tree): Tree {
  return mapText(tree, (text) => text.replaceAll(/\r?\n/g, '\r\n'));
}

/** Puts a byte order mark before every text. JSON stays as it is: a BOM is not JSON. */
export function withBom(tree: Tree): Tree {
  return mapText(tree, (text, path) => (path.endsWith('.json') ? text : `\uFEFF${text}`));
}

/** Indents code with tabs instead of two spaces; YAML, Markdown and text keep their spaces. */
export function toTabs(tree: Tree): Tree {
  return mapText(tree, (text, path) =>
    /\.[cm]?[jt]sx?$/.test(path)
      ? text.replaceAll(/^( {2})+/gm, (indent) => '\t'.repeat(indent.length / 2))
      : text,
  );
}

function mapText(tree: Tree, change: (text: string, path: string) => string): Tree {
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, change(text, path)]));
}
