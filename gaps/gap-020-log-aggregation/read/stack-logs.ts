import type { Repo } from '../../../src/contract.ts';
import { type ComposeModel, type ComposeService, composeModel } from '../../../src/read/deploy/compose.ts';
import { readableStack } from '../../../src/read/deploy/readable-stack.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { SHIPPER, SHIPPING_DRIVER, STORE } from '../tables.ts';
import { isBlind } from './collector-settings.ts';
import { driverOf, imageOf } from './images.ts';
import type { Place } from './place.ts';
import { isStarted } from './profiles.ts';

/** What a stack does with its logs. */
export interface StackLogs {
  /** Services that collect the logs of the others. */
  readonly collectors: readonly Place[];
  /** Collectors that are told to take other things than logs. */
  readonly blind: readonly Place[];
  /** Collectors behind a profile that nothing turns on. */
  readonly idle: readonly Place[];
  readonly stores: readonly Place[];
  /** Services whose own logs a driver sends away, and those whose logs stay. */
  readonly sent: readonly Place[];
  readonly kept: readonly Place[];
  /** Services that write to the default driver without a limit. */
  readonly unbounded: readonly Place[];
}

const NAMES = /promtail|alloy|fluent|vector|otel|opentelemetry|filebeat|loki/;

/**
 * Reads the services of a Compose file that is deployed.
 * @throws SourceError when it is not YAML.
 */
export function stackLogs(repo: Repo, path: string): StackLogs {
  return logsOf(repo, composeModel(repo, { path }));
}

function logsOf(repo: Repo, { path, services }: ComposeModel): StackLogs {
  const all = services.map((service) => ({
    service,
    image: imageOf(repo, path, service),
    isOn: isStarted(repo, service),
  }));
  const on = all.filter(({ isOn }) => isOn);
  const whole = on.map(({ service }) => service).filter(({ isWhole }) => isWhole);
  const place = ({ name, at }: ComposeService): Place => ({ path, at, name });
  const places = (some: typeof all) => some.map(({ service }) => place(service));
  const collecting = on.filter(({ image }) => SHIPPER.test(image));
  const blind = collecting.filter(({ image, service }) => isBlind(repo, path, image, service));
  return {
    collectors: places(collecting.filter((each) => !blind.includes(each))),
    blind: places(blind),
    idle: places(all.filter(({ image, isOn }) => !isOn && SHIPPER.test(image))),
    stores: places(on.filter(({ image }) => STORE.test(image))),
    sent: whole.filter((each) => SHIPPING_DRIVER.test(driverOf(each))).map(place),
    kept: whole.filter(isKept).map(place),
    unbounded: whole.filter(isUnbounded).map(place),
  };
}

/** `none` is a decision, and a job that runs once is over before anybody looks. */
function isKept(service: ComposeService): boolean {
  const driver = driverOf(service);
  const isJob = service.value.restart === 'no' || service.value.restart === false;
  return !SHIPPING_DRIVER.test(driver) && driver !== 'none' && !isJob;
}

/** `json-file`, Docker's default, keeps everything unless max-size says otherwise; `local` keeps 100 MB. */
function isUnbounded(service: ComposeService): boolean {
  const options = asRecord(asRecord(service.value.logging).options);
  return /^(json-file)?$/.test(driverOf(service)) && options['max-size'] === undefined;
}

/** Collectors in stacks that nothing deploys. A draft that is no YAML as it stands is passed over. */
export function collectorsAside(repo: Repo, deployed: readonly string[]): readonly Place[] {
  return repo.layout.compose
    .filter(({ path }) => !deployed.includes(path) && repo.mentions(path, NAMES))
    .flatMap((file) => {
      const model = readableStack(repo, file);
      if (!model) return [];
      const { collectors, stores, idle } = logsOf(repo, model);
      return [...collectors, ...stores, ...idle];
    });
}
