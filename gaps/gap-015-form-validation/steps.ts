import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { attributeOf, type JsxElement } from '../../src/read/markup/markup.ts';
import { join } from '../../src/repo/paths.ts';
import { type Form, fieldsOf } from './forms.ts';
import { inputsOf } from './subject.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';

/** One step that brings the packages, then one per form, with a schema drawn up from its fields. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  if (findings.length === 0) return [];
  return inputsOf(repo).flatMap(({ app, base, forms, formless }) => {
    const own = findings.filter(
      ({ path }) => forms.some((form) => form.path === path) || formless.some((each) => each.path === path),
    );
    if (own.length === 0) return [];
    const folder = join(app.sourceDir, 'lib/validation');
    const steps = own.map((finding): ManualStep => {
      const form = forms.find(({ path, element }) => path === finding.path && element.start === finding.at);
      return form ? formStep(repo, form, folder, finding.code) : formlessStep(repo, finding, folder);
    });
    return [
      packagesStep(join(app.dir, 'package.json'), base.packages[0]?.manifest.dependencies.zod),
      ...steps,
    ];
  });
}

/** The resolvers from 5 on need zod 3.25 (their package.json: peerDependencies). */
function packagesStep(manifest: string, zod: string | undefined): ManualStep {
  const isNew = zod !== undefined && /^\D*4/.test(zod);
  const packages = [
    'react-hook-form ^7.55.0',
    '@hookform/resolvers ^5.0.0',
    ...(isNew ? [] : ['zod ^3.25.76']),
  ];
  return {
    title: `Add ${packages.join(', ')} to the dependencies of ${manifest}, and bring its lock file along`,
    why: 'Which library ties forms to schemas is a choice; these are the ones that the runbook names.',
    seenBy: 'Each form below imports zodResolver, and its finding is gone from the next audit.',
  };
}

function formStep(repo: Repo, form: Form, folder: string, code: string): ManualStep {
  const place = `${form.path}, line ${lineAt(repo, form.path, form.element.start)}`;
  const how =
    code === 'no-resolver'
      ? 'give useForm() `resolver: zodResolver(schema)`'
      : 'submit through `useForm({ resolver: zodResolver(schema) })` and `<form noValidate onSubmit={handleSubmit(save)}>`';
  return {
    title: `${place}: export the schema \`${schemaOf(form.element)}\` from a file in ${folder}, ${how}, and show each field's error beside it with aria-invalid and aria-describedby`,
    why: 'What a field may hold, and in which words a person is told, is a decision of the product.',
    seenBy: SEEN,
  };
}

function formlessStep(repo: Repo, { path, at, data }: Finding, folder: string): ManualStep {
  return {
    title: `${path}, line ${lineAt(repo, path, at ?? 0)}: put the fields of the ${data?.form ?? ''} page and their button into one \`<form noValidate onSubmit={handleSubmit(save)}>\` with \`useForm({ resolver: zodResolver(schema) })\`, the schema in ${folder}, and each field's error beside it`,
    why: 'Where the page sends what is typed has to be decided first.',
    seenBy: SEEN,
  };
}

function lineAt(repo: Repo, path: string, at: number): number {
  return repo.text(path).slice(0, at).split('\n').length;
}

function schemaOf(form: JsxElement): string {
  const fields = fieldsOf(form);
  const entries = fields.map((field, index) => `${nameOf(field) ?? `field${index + 1}`}: ${typeOf(field)}`);
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
  const type = attributeOf(field, 'type');
  return type?.kind === 'text' && /^(?:email|password|tel|url|date)$/.test(type.value)
    ? type.value
    : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  email: 'z.string().trim().email()',
  password: 'z.string().min(1)',
  number: 'z.coerce.number()',
  range: 'z.coerce.number()',
  url: 'z.string().trim().url()',
  date: 'z.coerce.date()',
  checkbox: 'z.boolean()',
  file: 'z.instanceof(File)',
};

function typeOf(field: JsxElement): string {
  const type = attributeOf(field, 'type');
  const known = type?.kind === 'text' ? TYPES[type.value] : undefined;
  return known ?? 'z.string().trim().min(1)';
}
