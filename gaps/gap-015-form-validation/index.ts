import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-015',
    slug: 'form-validation',
    title: 'Client-side form validation with Zod',
    problem:
      'Zod is installed but no form uses it: what is typed is sent on unchecked, and nobody is told what is wrong.',
    looksFor:
      'Forms that submit without checking what was typed, by a schema, by rules or by code with a message, schemas that no submit parses with, and sign-in, sign-up, onboarding and settings pages whose fields stand in no form.',
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

  read,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
