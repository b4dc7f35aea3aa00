import type { Span } from '../../../src/contract.ts';
import { labelOf } from '../../../src/edit/labels.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import {
  addAttributes,
  attributeValue,
  lineage,
  renameTag,
  type Tag,
  tagsOf,
} from '../../../src/edit/tags.ts';
import { indentOf, indentUnitOf } from '../../../src/edit/ts-file.ts';
import { declarationsOf } from '../../../src/read/code/declarations.ts';
import { componentIn } from '../read/module-names.ts';
import type { FormAction } from '../sources.ts';
import { lineAboveControl } from './jsx-place.ts';
import { type Outcome, type PageContext, type WantedName, writerOf } from './page-part.ts';

/** A field of the form, and what the route calls it. */
interface Field {
  readonly tag: Tag;
  readonly name: string;
  readonly longest: number;
}

/**
 * Makes a form of fields and a button that nobody listens to.
 * @param start where the button stands
 * @param lists what the component calls the data that the action changes
 */
export function formPart(
  page: PageContext,
  start: number,
  action: FormAction,
  lists: readonly string[],
): Outcome {
  const { module } = page;
  const tags = tagsOf(module);
  const button = tags.find((tag) => tag.start === start);
  const box = button?.parent;
  const fields = box && fieldsIn(module.text, tags, box, action);
  if (!button || box?.name !== 'div' || !fields)
    return { refused: 'asks for other things than the route takes' };
  const top = module.program.body.find((each) => each.start <= start && start < each.end);
  const component = top && componentIn(top);
  const notice = lineAboveControl(module, start, `<ActionNotice of={${action.name}} />`);
  if (!component || !notice || declarationsOf(module).has(action.name))
    return { refused: 'has a form of its own' };
  const { quoted, end } = writerOf(page);
  const hook = `const ${action.name} = useApiAction(${quoted(`/api/${action.route}`)}, ${action.reader})${end}`;
  return {
    spans: [
      insertion(component.start + 1, `\n${indentUnitOf(module.text)}${hook}`),
      ...formSpans(page, box, action, lists),
      ...fields.flatMap(({ tag, name, longest }) =>
        addAttributes(module.text, tag, [`name="${name}"`, 'required', `maxLength={${longest}}`]),
      ),
      ...addAttributes(module.text, button, [
        'type="submit"',
        `disabled={${action.name}.state.kind === ${quoted('busy')}}`,
      ]),
      notice,
    ],
    imports: importsFor(action),
    files: [`app/api/${action.route}/route.ts`],
  };
}

function importsFor({ module, reader }: FormAction): readonly WantedName[] {
  return [
    { file: 'hooks/useApiAction.ts', name: 'useApiAction' },
    { file: 'components/dashboard/ActionNotice.tsx', name: 'default' },
    { file: `lib/dashboard/${module}.ts`, name: reader },
  ];
}

/** The fields of a box by what the route takes; undefined unless each is one of these, and none is missing. */
function fieldsIn(
  text: string,
  tags: readonly Tag[],
  box: Tag,
  { fields }: FormAction,
): readonly Field[] | undefined {
  const inside = tags.filter(
    (tag) => /^(?:input|textarea|select)$/.test(tag.name) && lineage(tag).includes(box),
  );
  const known = inside.flatMap((tag): readonly Field[] => {
    const label = labelOf(text, tags, tag);
    const field = fields.find(({ label: pattern }) => pattern.test(label));
    const isPlain = ['value', 'onChange', 'name', 'ref'].every(
      (name) => attributeValue(tag, name) === undefined,
    );
    return field && isPlain && !tag.hasSpread ? [{ tag, name: field.name, longest: field.longest }] : [];
  });
  const names = new Set(known.map(({ name }) => name));
  return known.length === inside.length && names.size === fields.length && known.length === fields.length
    ? known
    : undefined;
}

/** The box becomes the form; what stands around it does not take the clicks into its fields. */
function formSpans(
  page: PageContext,
  box: Tag,
  { name }: FormAction,
  lists: readonly string[],
): readonly Span[] {
  const { text } = page.module;
  const { end } = writerOf(page);
  const isInClickable = lineage(box)
    .slice(1)
    .some((tag) => attributeValue(tag, 'onClick') !== undefined);
  const indent = `\n${indentOf(text, box.start)}`;
  const unit = indentUnitOf(text);
  const lines = [
    `if (!(await ${name}.submit(event))) return${end}`,
    ...lists.map((list) => `${list}.retry()${end}`),
  ];
  const submit =
    lists.length === 0
      ? `onSubmit={(event) => void ${name}.submit(event)}`
      : `onSubmit={async (event) => {${lines.map((line) => indent + unit + line).join('')}${indent}}}`;
  const attributes = [...(isInClickable ? ['onClick={(event) => event.stopPropagation()}'] : []), submit];
  return [...renameTag(box, 'form'), ...addAttributes(text, box, attributes)];
}
