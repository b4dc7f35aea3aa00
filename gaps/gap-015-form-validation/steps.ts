import type { Finding, ManualStep } from '../../src/contract.ts';
import { attributeOf, type JsxElement } from '../../src/read/markup/markup.ts';
import { join } from '../../src/repo/paths.ts';
import type { Code } from './detect.ts';
import { fieldsOf, textOf } from './read/fields.ts';
import type { AppForms, FormlessPage, Forms, JudgedForm } from './read.ts';

const SEEN = 'The finding is gone from the next audit.';
const SUBMIT =
  'submit through `useForm({ resolver: zodResolver(schema) })` and `<form noValidate onSubmit={handleSubmit(save)}>`';

/** How the form comes to its schema; undefined where there is no form yet. */
const HOW: Readonly<Record<Code, string | undefined>> = {
  'no-schema': SUBMIT,
  'schema-not-parsed': SUBMIT,
  'no-resolver': 'give useForm() `resolver: zodResolver(schema)`',
  'fields-without-form': undefined,
};

/** For each app one step that brings the packages, then one per form, with a schema drawn up from its fields. */
export function stepsFor({ apps }: Forms, findings: readonly Finding<Code>[]): readonly ManualStep[] {
  return apps.flatMap((each) => {
    const steps = findings.flatMap((finding) => stepOf(each, finding));
    return steps.length === 0 ? [] : [packagesStep(each), ...steps];
  });
}

function stepOf(
  { app, forms, formless }: AppForms,
  { code, path, at }: Finding<Code>,
): readonly ManualStep[] {
  const folder = join(app.sourceDir, 'lib/validation');
  const form = forms.find((each) => each.path === path && each.element.start === at);
  const how = HOW[code];
  if (form && how !== undefined) return [formStep(form, folder, how)];
  const page = formless.find((each) => each.path === path && each.at === at);
  return page ? [formlessStep(page, folder)] : [];
}

/** The resolvers from 5 on need zod 3.25 (their package.json: peerDependencies). */
function packagesStep({ app, zod }: AppForms): ManualStep {
  const isNew = zod !== undefined && /^\D*4/.test(zod);
  const packages = [
    'react-hook-form ^7.55.0',
    '@hookform/resolvers ^5.0.0',
    ...(isNew ? [] : ['zod ^3.25.76']),
  ];
  return {
    title: `Add ${packages.join(', ')} to the dependencies of ${join(app.dir, 'package.json')}, and bring its lock file along`,
    why: 'Which library ties forms to schemas is a choice; these are the ones that the runbook names.',
    seenBy: 'Each form below imports zodResolver, and its finding is gone from the next audit.',
  };
}

function formStep({ path, line, element }: JudgedForm, folder: string, how: string): ManualStep {
  return {
    title: `${path}, line ${line}: export the schema \`${schemaOf(element)}\` from a file in ${folder}, ${how}, and show each field's error beside it with aria-invalid and aria-describedby`,
    why: 'What a field may hold, and in which words a person is told, is a decision of the product.',
    seenBy: SEEN,
  };
}

function formlessStep({ path, line, form }: FormlessPage, folder: string): ManualStep {
  return {
    title: `${path}, line ${line}: put the fields of the ${form} page and their button into one \`<form noValidate onSubmit={handleSubmit(save)}>\` with \`useForm({ resolver: zodResolver(schema) })\`, the schema in ${folder}, and each field's error beside it`,
    why: 'Where the page sends what is typed has to be decided first.',
    seenBy: SEEN,
  };
}

function schemaOf(form: JsxElement): string {
  const entries = fieldsOf(form).map(
    (field, index) => `${nameOf(field) ?? `field${index + 1}`}: ${typeOf(field)}`,
  );
  return `z.object({ ${[...new Set(entries)].join(', ')} })`;
}

/** What a field is called: by its name, or by the variable that it shows. */
function nameOf(field: JsxElement): string | undefined {
  for (const key of ['name', 'id', 'value', 'checked', 'selected']) {
    const attribute = attributeOf(field, key);
    if (!attribute || attribute.kind === 'flag') continue;
    const name = /^[A-Za-z_]\w*/.exec(attribute.value)?.[0];
    if (name !== undefined) return name;
  }
  const type = textOf(field, 'type');
  return /^(?:email|password|tel|url|date)$/.test(type) ? type : undefined;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['email', 'z.string().trim().email()'],
  ['password', 'z.string().min(1)'],
  ['number', 'z.coerce.number()'],
  ['range', 'z.coerce.number()'],
  ['url', 'z.string().trim().url()'],
  ['date', 'z.coerce.date()'],
  ['checkbox', 'z.boolean()'],
  ['file', 'z.instanceof(File)'],
]);

function typeOf(field: JsxElement): string {
  return TYPES.get(textOf(field, 'type')) ?? 'z.string().trim().min(1)';
}
