import { CLOSED, type Findings } from '../../src/contract.ts';
import type { Control } from './read/controls.ts';
import type { Controls } from './read.ts';

export type Code =
  | 'unnamed-button'
  | 'title-only-button'
  | 'unlabelled-field'
  | 'mouse-only-control'
  | 'role-without-keys'
  | 'image-without-alt'
  | 'page-without-language';

/** Every control that shuts somebody out. */
export function detect({ controls }: Controls): Findings<Code> {
  const findings = controls.flatMap((control) => {
    const code = codeOf(control);
    if (code === undefined) return [];
    const { path, element } = control;
    const role = control.kind === 'clickable' ? (control.role ?? '') : '';
    return [{ code, path, at: element.start, data: { element: element.name, role } }];
  });
  return findings.length === 0 ? CLOSED : { findings };
}

function codeOf(control: Control): Code | undefined {
  switch (control.kind) {
    case 'button':
      if (control.naming === 'named') return undefined;
      return control.naming === 'title-only' ? 'title-only-button' : 'unnamed-button';
    case 'field':
      return control.isLabelled ? undefined : 'unlabelled-field';
    case 'image':
      return control.hasAlt ? undefined : 'image-without-alt';
    case 'document':
      return control.hasLanguage ? undefined : 'page-without-language';
    case 'clickable':
      return control.role === undefined ? 'mouse-only-control' : 'role-without-keys';
  }
}
