import type {
  ArrowFunctionExpression,
  Function as OxcFunction,
  ParamPattern,
  TSSignature,
  TSType,
} from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { isClient } from '../../../src/read/code/component-file.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { isEntry } from './session.ts';
import { SESSION, wrappingOf, wraps } from './wrappers.ts';

type Callable = Pick<OxcFunction | ArrowFunctionExpression, 'start' | 'end' | 'params'>;

/** A client component that wraps its children in a SessionProvider. */
export interface Mountable {
  readonly path: string;
  /** The name it is imported under. */
  readonly name: string;
  readonly isDefault: boolean;
  /** Whether it asks for nothing but its children. */
  readonly isReady: boolean;
}

/** The app's own components that could be mounted around a layout's children, those that are ready first. */
export function mountablesOf(repo: Repo, app: NextApp): readonly Mountable[] {
  const providing = wrappingOf(repo, app, SESSION);
  return app.files
    .filter((path) => {
      const text = repo.peek(path);
      return (
        !isEntry(app, path) &&
        text?.includes('SessionProvider') &&
        text.includes('next-auth/react') &&
        /\bchildren\b|\.\.\.props/.test(text) &&
        /\.[jt]sx?$/.test(path)
      );
    })
    .flatMap((path) => {
      const module = peekModule(repo, path);
      return module && isClient(module) && wraps(providing, path) ? mountableIn(module) : [];
    })
    .sort((a, b) => Number(b.isReady) - Number(a.isReady));
}

function mountableIn(module: SourceModule): readonly Mountable[] {
  const { path, exports } = module;
  const entries = exports
    .flatMap(({ entries }) => entries)
    .filter(({ isType, moduleRequest }) => !isType && !moduleRequest);
  const entry =
    entries.find(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default') ??
    entries.find(({ exportName }) => /^[A-Z]/.test(exportName.name ?? ''));
  if (!entry) return [];
  const isDefault = entry.exportName.kind === 'Default' || entry.exportName.name === 'default';
  const name = isDefault ? (entry.localName.name ?? 'Providers') : (entry.exportName.name ?? 'Providers');
  if (!/^[A-Z]/.test(name)) return [];
  return [{ path, name, isDefault, isReady: isReady(module) }];
}

/** Whether the component's props are its children alone, others optional. What a type hides counts as a demand. */
function isReady(module: SourceModule): boolean {
  const at = module.text.search(/<SessionProvider|\(\s*SessionProvider/);
  const props: ParamPattern[] = [];
  const take = ({ start, end, params: [first] }: Callable) => {
    if (start <= at && at < end && first && first.type !== 'TSParameterProperty') props.push(first);
  };
  const program = module.typedProgram;
  walk({ program }, { FunctionDeclaration: take, FunctionExpression: take, ArrowFunctionExpression: take });
  const [outermost] = props;
  if (!outermost || !('typeAnnotation' in outermost)) return false;
  if (!outermost.typeAnnotation) return true;
  return demandsOnlyChildren(module, outermost.typeAnnotation.typeAnnotation);
}

function demandsOnlyChildren(module: SourceModule, type: TSType): boolean {
  if (type.type === 'TSTypeLiteral') return type.members.every(isOptionalOrChildren);
  if (type.type !== 'TSTypeReference') return false;
  const name = module.text.slice(type.typeName.start, type.typeName.end);
  if (/^(React\.)?PropsWithChildren$/.test(name)) return !type.typeArguments;
  if (name === 'SessionProviderProps') return true;
  return module.program.body.some((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type === 'TSInterfaceDeclaration')
      return (
        declared.id.name === name &&
        declared.extends.length === 0 &&
        declared.body.body.every(isOptionalOrChildren)
      );
    return (
      declared?.type === 'TSTypeAliasDeclaration' &&
      declared.id.name === name &&
      declared.typeAnnotation.type === 'TSTypeLiteral' &&
      declared.typeAnnotation.members.every(isOptionalOrChildren)
    );
  });
}

function isOptionalOrChildren(member: TSSignature): boolean {
  if (member.type !== 'TSPropertySignature') return false;
  return member.optional || (member.key.type === 'Identifier' && member.key.name === 'children');
}
