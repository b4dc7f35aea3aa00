import { defineGap, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { attributeOf } from '../../src/read/markup/markup.ts';
import { checksOf } from './checks.ts';
import type { Form } from './forms.ts';
import { stepsFor } from './steps.ts';
import { type Inputs, inputsOf } from './subject.ts';
import { standingOf } from './validated.ts';

export type Code = 'no-schema' | 'schema-not-parsed' | 'no-resolver' | 'fields-without-form';

export default defineGap({
  meta: {
    id: 'GAP-015',
    slug: 'form-validation',
    title: 'Client-side form validation with Zod',
    problem:
      'Zod is installed but no form uses it: what is typed is sent on unchecked, and nobody is told what is wrong.',
    looksFor:
      'Forms that submit without checking what was typed against a schema, schemas that no submit parses with, and sign-in, sign-up, onboarding and settings pages whose fields stand in no form.',
    category: 'Frontend',
    priority: 'P3',
    effort: '1 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-schema': 'This form ({{handler}}) checks what was typed against no schema.',
      'schema-not-parsed':
        'This form ({{handler}}) checks what was typed against no schema, although one is named in this file.',
      'no-resolver':
        'The useForm() of this form ({{handler}}) has no resolver, so no schema checks what was typed.',
      'fields-without-form': 'The {{form}} page takes input from here on, in no form and against no schema.',
    },
    references: [
      'runbook: GAP-015',
      'https://react-hook-form.com/docs/useform#resolver',
      'https://zod.dev/api',
      'https://www.w3.org/WAI/WCAG22/Understanding/error-identification',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (repo.layout.apps.length === 0) return notApplicable('no Next.js app');
    const inputs = inputsOf(repo);
    if (inputs.every(({ forms, formless }) => forms.length + formless.length === 0))
      return notApplicable('no form asks a person for anything');
    return { findings: inputs.flatMap((each) => findingsOf(repo, each)) };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function findingsOf(repo: Repo, inputs: Inputs): readonly Finding<Code>[] {
  const forms = inputs.forms.flatMap((form): readonly Finding<Code>[] => {
    const code = standingOf(repo, inputs, form);
    if (code === 'checked') return [];
    return [{ code, path: form.path, at: form.element.start, data: { handler: handlerName(form) } }];
  });
  const formless = inputs.formless.map(({ path, at, form }) => ({
    code: 'fields-without-form' as const,
    path,
    at,
    data: { form },
  }));
  return [...forms, ...formless];
}

/** The name under which a person finds the handler: what the submit calls of its own, else what it is. */
function handlerName({ element }: Form): string {
  const submit = ['onSubmit', 'onFinish', 'action'].flatMap((name) => {
    const attribute = attributeOf(element, name);
    return attribute && attribute.kind !== 'flag' ? [attribute.value] : [];
  })[0];
  if (submit === undefined) return 'without a handler';
  const called = [...submit.matchAll(/(?<![\w.$])(?!if\b|async\b|function\b|void\b)[A-Za-z_$][\w$]*(?=\()/g)];
  const names = called.map(([name]) => name);
  return (
    names.find((name) => name !== 'handleSubmit') ??
    names[0] ??
    /^(?!async\b)[\w$./]+/.exec(submit)?.[0] ??
    'inline'
  );
}
