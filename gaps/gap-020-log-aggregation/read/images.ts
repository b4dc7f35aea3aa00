import type { Repo } from '../../../src/contract.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { instructionsOf } from '../../../src/read/deploy/dockerfile.ts';
import { dirname, join, resolve } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { SHIPPER, STORE } from '../tables.ts';

const FROM =
  /^FROM\s.*(?:loki|promtail|alloy|fluent|vector|otel|opentelemetry|beat|logstash|agent|syslog|logspout)/im;

/** The image that a service runs; where it is built here, the one that the last stage of its Dockerfile starts from. */
export function imageOf(repo: Repo, stack: string, { value, build }: ComposeService): string {
  const image = typeof value.image === 'string' ? value.image : '';
  if (SHIPPER.test(image) || STORE.test(image) || build === undefined) return image;
  const { context, dockerfile } = asRecord(value.build);
  const folder = typeof context === 'string' ? resolve(dirname(stack), context) : build;
  const path = join(folder ?? build, typeof dockerfile === 'string' ? dockerfile : 'Dockerfile');
  const text = repo.peek(path);
  // Most images are not collectors, and a full reading costs more than a look.
  if (!text || !FROM.test(text)) return image;
  const from = instructionsOf(text).findLast(({ keyword }) => keyword === 'FROM')?.words ?? '';
  return from.replace(/^(?:--\S+\s+)+/, '').split(/\s/)[0] ?? '';
}

/** The driver that a service's logs go to, '' where the daemon decides. */
export function driverOf({ value }: ComposeService): string {
  const { driver } = asRecord(value.logging);
  return typeof driver === 'string' ? driver : '';
}
