import type { Repo } from '../../../src/contract.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../../src/repo/record.ts';

/** A service that a Cloud Build file puts on Cloud Run. */
export interface CloudRunService {
  readonly path: string;
  readonly name: string;
  /** Undefined where the file does not say it plainly. */
  readonly region: string | undefined;
}

/** The services of `gcloud run deploy NAME --region=…` in a Cloud Build file; none where it only builds and pushes. */
export function cloudRunServices(repo: Repo, path: string): readonly CloudRunService[] {
  const file = asRecord(yamlValue(repo, path));
  const substitutions = asRecord(file.substitutions);
  const steps: readonly unknown[] = Array.isArray(file.steps) ? file.steps : [];
  return steps.flatMap((step): CloudRunService[] => {
    const { args } = asRecord(step);
    const words = (Array.isArray(args) ? args : []).map((word) =>
      String(word).replace(/\$\{?(_\w+)\}?/g, (whole, name: string) => String(substitutions[name] ?? whole)),
    );
    const at = words.findIndex((word, index) => word === 'run' && words[index + 1] === 'deploy');
    const name = words[at + 2];
    if (at === -1 || name === undefined || !/^[a-z][\w-]*$/.test(name)) return [];
    const region = words.flatMap((word, index) =>
      word === '--region' ? (words[index + 1] ?? []) : (/^--region=(.+)$/.exec(word)?.[1] ?? []),
    )[0];
    return [{ path, name, region: region !== undefined && /^[\w-]+$/.test(region) ? region : undefined }];
  });
}
