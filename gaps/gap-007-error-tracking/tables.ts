/** A service or library that carries errors away from where they happen. */
export interface Tracker {
  readonly name: string;
  /** Its packages, as declared. */
  readonly packages: RegExp;
  /** The call that starts it. */
  readonly starts: RegExp;
  /** Where the browser sends errors, as a CSP would name it. */
  readonly ingest: RegExp;
  /** Installed for other things too: without its start it says nothing about errors. */
  readonly isMore?: true;
}

/** Trackers by their packages; the start calls are those of their own guides for Next.js and Node.js. */
export const TRACKERS: readonly Tracker[] = [
  {
    name: 'Sentry',
    packages: /^@sentry\/(nextjs|node|react|browser)$/,
    starts: /\bSentry\.init\(|(?<![.\w])init\(\s*\{[^}]{0,500}\bdsn\b/,
    ingest: /sentry\.io|glitchtip|SENTRY/i,
  },
  {
    name: 'Bugsnag',
    packages: /^@bugsnag\//,
    starts: /\b(?:Bugsnag|BugsnagPerformance)\.start\(/,
    ingest: /bugsnag|smartbear/i,
  },
  {
    name: 'Rollbar',
    packages: /^(rollbar|@rollbar\/react)$/,
    starts: /\bnew Rollbar\(|<(?:Rollbar)?Provider\s+config|Rollbar\.init\(/,
    ingest: /rollbar/i,
  },
  {
    name: 'Datadog',
    packages: /^(@datadog\/browser-(rum|logs)|dd-trace)$/,
    starts: /\bdatadog(?:Rum|Logs)\.init\(|\b(?:tracer|dd\w*)\.init\(|dd-trace\/init/,
    ingest: /datadoghq|DD_/i,
  },
  {
    name: 'Highlight',
    packages: /^(@highlight-run\/|highlight\.run$)/,
    starts: /\bH\.init\(|<HighlightInit\b|registerHighlight\(|Highlight(?:App|Page)\w{0,40}\(/,
    ingest: /highlight/i,
  },
  {
    name: 'PostHog',
    packages: /^posthog-(js|node)$/,
    // Who filters `$exception` has them captured by the settings of the project.
    starts: /capture_exceptions|captureException\(|enableExceptionAutocapture|['"]\$exception['"]/,
    ingest: /posthog/i,
    isMore: true,
  },
  {
    name: 'Honeybadger',
    packages: /^@honeybadger-io\//,
    starts: /\bHoneybadger\.configure\(/,
    ingest: /honeybadger/i,
  },
  {
    name: 'Axiom',
    packages: /^(next-axiom|@axiomhq\/(nextjs|logging|react|js))$/,
    starts: /\bwithAxiom\w*\(|new Logger\(|AxiomWebVitals|createAxiomRouteHandler\(|createOnRequestError\(/,
    ingest: /axiom/i,
  },
  {
    name: 'New Relic',
    packages: /^(newrelic|@newrelic\/.*)$/,
    starts: /['"]newrelic['"]|new BrowserAgent\(/,
    ingest: /nr-data|newrelic/i,
  },
  {
    name: 'AppSignal',
    packages: /^@appsignal\/(?!opentelemetry-)/,
    starts: /\bnew Appsignal\(/i,
    ingest: /appsignal/i,
  },
  {
    name: 'Raygun',
    packages: /^(raygun|raygun4js)$/,
    starts: /rg4js\(|new raygun\.Client\(|\.init\(/,
    ingest: /raygun/i,
  },
  { name: 'Airbrake', packages: /^@airbrake\//, starts: /\bnew Notifier\(/, ingest: /airbrake/i },
  {
    name: 'LogRocket',
    packages: /^logrocket$/,
    starts: /\bLogRocket\.init\(/,
    ingest: /logrocket|lr-ingest|lr-in/i,
  },
  { name: 'TrackJS', packages: /^trackjs$/, starts: /\bTrackJS\.install\(/, ingest: /trackjs/i },
  { name: 'HyperDX', packages: /^@hyperdx\//, starts: /\bHyperDX\.init\(|initSDK\(/, ingest: /hyperdx/i },
  {
    name: 'Grafana Faro',
    packages: /^@grafana\/faro-/,
    starts: /\binitializeFaro\(/,
    ingest: /grafana|faro/i,
  },
  {
    name: 'Elastic APM',
    packages: /^(elastic-apm-node|@elastic\/apm-rum.*)$/,
    starts: /\bapm\.start\(|elastic-apm-node\/start|initApm\(/,
    ingest: /elastic|apm/i,
  },
  {
    name: 'Application Insights',
    packages: /^(applicationinsights|@microsoft\/applicationinsights-.*|@azure\/monitor-opentelemetry)$/,
    starts: /\.setup\(|loadAppInsights\(|useAzureMonitor\(/,
    ingest: /applicationinsights|visualstudio/i,
  },
];

/** Traces: spans of a server, which no error tracker reads as errors. */
export const TRACERS = {
  packages: /^(@vercel\/otel|@opentelemetry\/(sdk-node|sdk-trace-\w+|auto-instrumentations-node))$/,
  starts: /\bregisterOTel\(|\bnew NodeSDK\(|TracerProvider\(/,
};
