import type { Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/deploy/compose.ts';
import { asRecord } from '../../src/repo/record.ts';
import { driverOf, imageOf, SHIPPER, SHIPPING_DRIVER, STORE } from './images.ts';
import { isStarted } from './stacks.ts';
import { isBlind } from './told.ts';

/** Where something about logs is written. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly name: string;
}

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

/** Reads the services of a Compose file. */
export function stackLogs(repo: Repo, path: string): StackLogs {
  const all = composeModel(repo, { path }).services.map((service) => ({
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

/** Collectors that nothing starts: behind a profile, or in a stack that nothing deploys. */
export function idleCollectors(repo: Repo, deployed: readonly string[]): readonly Place[] {
  const others = repo.layout.compose.map(({ path }) => path).filter((path) => !deployed.includes(path));
  return [
    ...deployed.flatMap((path) => stackLogs(repo, path).idle),
    ...others
      .filter((path) => repo.mentions(path, NAMES))
      .flatMap((path) => {
        const { collectors, stores, idle } = stackLogs(repo, path);
        return [...collectors, ...stores, ...idle];
      }),
  ];
}

const NAMES = /promtail|alloy|fluent|vector|otel|opentelemetry|filebeat|loki/;
