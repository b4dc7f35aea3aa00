import type { Finding, Findings } from '../../src/contract.ts';
import type { AppForms, Forms } from './read.ts';

export type Code = 'no-schema' | 'schema-not-parsed' | 'no-resolver' | 'fields-without-form';

/** The forms that nothing checks, and the pages with fields and no form. */
export function detect({ apps }: Forms): Findings<Code> {
  return { findings: apps.flatMap(findingsIn) };
}

function findingsIn({ forms, formless }: AppForms): readonly Finding<Code>[] {
  return [
    ...forms.flatMap(({ standing, path, element, handler }): readonly Finding<Code>[] =>
      standing === 'checked' ? [] : [{ code: standing, path, at: element.start, data: { handler } }],
    ),
    ...formless.map(
      ({ path, at, form }): Finding<Code> => ({
        code: 'fields-without-form',
        path,
        at,
        data: { form },
      }),
    ),
  ];
}
