import { asRecord } from '../../repo/record.ts';
import type { StackService } from './service-roles.ts';

/** The environment of a service, which is a list or a map. */
export function settingsOf({ value }: Pick<StackService, 'value'>): readonly (readonly [string, string])[] {
  const { environment } = value;
  if (!Array.isArray(environment))
    return Object.entries(asRecord(environment)).map(([name, each]) => [name, String(each ?? '')]);
  return environment.flatMap((each: unknown): readonly (readonly [string, string])[] => {
    const [name = '', rest = ''] = String(each).split(/=(.*)/s, 2);
    return [[name, rest]];
  });
}
