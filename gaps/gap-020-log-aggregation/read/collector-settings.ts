import type { Repo } from '../../../src/contract.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { dirname, isInside, resolve } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';

const OTEL = /opentelemetry-collector|otelcol|otel-collector/;
const DATADOG = /(?:^|\/)datadog\/agent(?::|@|$)/;
const GRAFANA = /(?:^|\/)(?:alloy|grafana\/agent)(?::|@|$)/;

/**
 * Whether what is written here keeps a collector from taking logs: many run for traces or metrics alone. A
 * configuration that is not in the repository is trusted.
 */
export function isBlind(repo: Repo, stack: string, image: string, service: ComposeService): boolean {
  if (DATADOG.test(image)) return !isToldByEnvironment(repo, stack, service);
  const configs = () =>
    mountedTexts(repo, stack, service).map((text) => text.replace(/^[ \t]*(?:#|\/\/).*$/gm, ''));
  if (OTEL.test(image)) {
    const pipelines = configs().flatMap((text) => pipelinesIn(text) ?? []);
    return (
      pipelines.length > 0 &&
      !pipelines.some((each) => /(?:^|[{,\s])["']?logs(?:\/[\w.-]+)?["']?\s*:/.test(each))
    );
  }
  if (!GRAFANA.test(image)) return false;
  const texts = configs().filter((text) => /\bprometheus\.|^[ \t]*metrics[ \t]*:|\bpyroscope\./m.test(text));
  return texts.length > 0 && !configs().some((text) => /\bloki\.|\botelcol\.|^[ \t]*logs[ \t]*:/m.test(text));
}

/** What stands below `pipelines:`, by its indentation. */
function pipelinesIn(text: string): string | undefined {
  const head = /^([ \t]*)["']?pipelines["']?[ \t]*:(.*)$/m.exec(text);
  if (!head) return undefined;
  const lines = text.slice(head.index + head[0].length + 1).split('\n');
  const indent = head[1]?.length ?? 0;
  const end = lines.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return [head[2], ...(end === -1 ? lines : lines.slice(0, end))].join('\n');
}

/** Datadog's agent takes no logs unless told to (docs.datadoghq.com/containers/docker/log). */
function isToldByEnvironment(repo: Repo, stack: string, service: ComposeService): boolean {
  const { environment, env_file: file, build } = service.value;
  if (file !== undefined || build !== undefined) return true;
  const isTold = Array.isArray(environment)
    ? environment.some(
        (entry) => typeof entry === 'string' && /^DD_LOGS_ENABLED(?:$|=(?!\s*(?:false|0)?$))/.test(entry),
      )
    : isOn(asRecord(environment));
  return (
    isTold || mountedTexts(repo, stack, service).some((text) => /^[ \t]*logs_enabled:[ \t]*true/m.test(text))
  );
}

function isOn(environment: Readonly<Record<string, unknown>>): boolean {
  if (!('DD_LOGS_ENABLED' in environment)) return false;
  const value = environment.DD_LOGS_ENABLED;
  return value === null || !/^(?:false|0)?$/.test(String(value));
}

function mountedTexts(repo: Repo, stack: string, { value }: ComposeService): readonly string[] {
  const listed = (entries: unknown): readonly unknown[] => (Array.isArray(entries) ? entries : []);
  const declared = asRecord(asRecord(yamlValue(repo, stack)).configs);
  const configs = listed(value.configs).map((entry) => {
    const name = typeof entry === 'string' ? entry : asRecord(entry).source;
    return asRecord(typeof name === 'string' ? declared[name] : undefined);
  });
  const sources = [
    ...listed(value.volumes).map((each) =>
      typeof each === 'string' ? each.split(':')[0] : asRecord(each).source,
    ),
    ...configs.map(({ file }) => file),
  ];
  const paths = sources.flatMap((source) =>
    typeof source === 'string' && /^\.|\//.test(source) && !source.startsWith('/')
      ? (resolve(dirname(stack), source) ?? [])
      : [],
  );
  const files = repo.files.filter((file) =>
    paths.some((path) => file === path || (path !== '' && isInside(path, file))),
  );
  return [
    ...files.flatMap((file) => repo.peek(file) ?? []),
    ...configs.flatMap(({ content }) => (typeof content === 'string' ? [content] : [])),
  ];
}
