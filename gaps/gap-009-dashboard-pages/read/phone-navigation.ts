import type { NextApp, Repo } from '../../../src/contract.ts';
import { attributeValue, lineage, type Tag, tagsOf } from '../../../src/edit/tags.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import type { NavLink } from './navigation.ts';

/** A navigation that narrow screens hide, and nothing else shows there. */
export interface HiddenNavigation {
  readonly path: string;
  readonly at: number;
  /** The component that holds the links. */
  readonly name: string;
  /** The width from which it is shown: `lg`. */
  readonly from: string;
}

const HIDDEN = /(?:^|\s)hidden(?:\s|$)/;
const SHOWN = /(?:^|\s)(sm|md|lg|xl|2xl):(?:block|flex|grid)(?:\s|$)/;

/** The navigation of a dashboard that phones do not show. */
export function hiddenNavigation(
  repo: Repo,
  app: NextApp,
  links: readonly NavLink[],
): HiddenNavigation | undefined {
  for (const path of new Set(links.map((link) => link.path))) {
    const name = /export (?:default )?function ([A-Z]\w*)\(/.exec(repo.peek(path) ?? '')?.[1];
    if (name === undefined) continue;
    const shown = app.files.filter((file) => /\.[jt]sx$/.test(file) && repo.peek(file)?.includes(`<${name}`));
    const [file] = shown;
    const module = file === undefined || shown.length > 1 ? undefined : peekModule(repo, file);
    const tags = module ? tagsOf(module).filter((tag) => tag.name === name) : [];
    const [tag] = tags;
    const box = tag && tags.length === 1 ? hiddenBox(tag) : undefined;
    if (module && tag && box) return { path: module.path, at: tag.start, name, from: box.from };
  }
  return undefined;
}

/** The element around a tag that narrow screens hide. */
export function hiddenBox(tag: Tag): { readonly box: Tag; readonly from: string } | undefined {
  for (const box of lineage(tag)) {
    const classes = attributeValue(box, 'className') ?? '';
    const from = HIDDEN.test(classes) ? SHOWN.exec(classes)?.[1] : undefined;
    if (from !== undefined) return { box, from };
  }
  return undefined;
}
