import type { Repo } from '../../../src/contract.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { baseImageOf } from '../../../src/read/deploy/dockerfile.ts';
import { dockerfileOf } from '../../../src/read/deploy/service-roles.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { SHIPPER, STORE } from '../tables.ts';

const FROM =
  /^FROM\s.*(?:loki|promtail|alloy|fluent|vector|otel|opentelemetry|beat|logstash|agent|syslog|logspout)/im;

/** The image that a service runs; where it is built here, the one that the last stage of its Dockerfile starts from. */
export function imageOf(repo: Repo, path: string, { value, build }: ComposeService): string {
  const image = typeof value.image === 'string' ? value.image : '';
  if (SHIPPER.test(image) || STORE.test(image) || build === undefined) return image;
  const built = dockerfileOf(repo, { path, value });
  const text = built && repo.peek(built.file);
  // Most images are not collectors, and a full reading costs more than a look.
  return text && FROM.test(text) ? baseImageOf(text) : image;
}

/** The driver that a service's logs go to, '' where the daemon decides. */
export function driverOf({ value }: ComposeService): string {
  const { driver } = asRecord(value.logging);
  return typeof driver === 'string' ? driver : '';
}
