/** Resources of Terraform that ask a site whether it answers. */
export const TERRAFORM_MONITOR =
  /resource\s+"(google_monitoring_uptime_check_config|uptimerobot_monitor|betteruptime_monitor|better_uptime_monitor|checkly_check|statuscake_uptime_check|statuscake_test|aws_route53_health_check|aws_synthetics_canary|datadog_synthetics_test|newrelic_synthetics_monitor|pingdom_check|grafana_synthetic_monitoring_check|azurerm_application_insights_(?:standard_)?web_test|oneuptime_monitor|openstatus_\w{0,40}monitor|uptimekuma_monitor|site24x7_website_monitor)"/;

/** Settings that a hosted monitor is made from: their names, what they hold, and what to call them. */
export const HOSTED_SETTINGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(^|\/)checkly\.config\.[cm]?[jt]s$/, /./, 'Checkly'],
  [/(^|\/)\.upptimerc\.ya?ml$/, /\bsites:/, 'Upptime'],
  [/(^|\/)openstatus(\.config)?\.ya?ml$/, /\burl:/, 'OpenStatus'],
  [
    /(^|\/)(uptime|monitors?|statuscake|betterstack|uptimerobot)[\w.-]*\.(ya?ml|json)$/i,
    /https?:\/\/(?!localhost|127\.)|"?url"?\s*:/,
    'a list of monitors',
  ],
];
/** Settings of a monitor that somebody has to run, and what they hold. */
export const OWN_SETTINGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(^|\/)(prometheus|blackbox)[\w.-]*\.ya?ml$/, /probe_success|\bprober:|\/probe\b/, 'blackbox-exporter'],
  [/(^|\/)gatus[\w.-]*\.ya?ml$|(^|\/)gatus\/[\w.-]+\.ya?ml$/, /\bendpoints:|\burl:/, 'gatus'],
];
/** Where settings of that name are a part of a product or of a workflow. */
export const NO_SETTINGS =
  /(^|\/)(node_modules|\.github|src|app|components|tests?|fixtures|examples?|templates?|docs)\//;

/** Images that watch sites. */
export const MONITOR_IMAGE =
  /(?:^|\/)(uptime-kuma|gatus|blackbox-exporter|statping(?:-ng)?|cachet|healthchecks|openstatus[\w-]*|upptime)(?::|@|$)/;

export const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** A workflow's own words for watching, and what asks a site. */
export const WATCHING = /uptime|health|monitor|smoke|heartbeat|synthetic|status|ping/i;
export const ASKS_SITE =
  /\b(?:curl|wget|http|lychee|hurl)\b[^\n]{0,300}(?:https:\/\/(?!api\.github|github\.com|registry\.)|\$\{?\{?\s*(?:secrets|vars|env)\.\w*(?:URL|HOST|SITE|DOMAIN))|uses:\s*[\w./-]{0,60}(?:uptime|health-?check|url-health|http-request|upptime)[\w./-]{0,60}@|playwright test/i;

/** Programs that watch: their names, that they ask, and that they go on asking or wake somebody. */
export const WATCH_PROGRAM =
  /(^|\/)[\w-]*(?:heart-?beat|uptime|watchdog|monitor(?:ing)?|health[-_]?(?:check|monitor)|status[-_]?check)[\w-]*\.(?:py|sh|bash|[cm]?js|ts|rb|go)$/i;
export const NO_PROGRAM =
  /(^|\/)(node_modules|src|app|components|lib|hooks|tests?|__tests__|e2e|docs|examples?|fixtures|templates?|skills|load-test)\/|\.(?:test|spec|config)\.\w+$/i;
export const ASKS_BY_CODE =
  /\b(?:curl|wget|urlopen|requests\.(?:get|head)|httpx\.|aiohttp|fetch\(|https?\.get|axios|Net::HTTP)/;
export const GOES_ON =
  /\bwhile\s*(?:\(\s*)?(?:true|True|1|:|running|not\b)|\bwhile\b[^\n]{0,60}\b(?:running|True|true)\b|\bsetInterval\(|\btime\.sleep\(|\bschedule\.every\b|\bfor\s*\(\s*;;/;
export const WAKES_SOMEBODY =
  /api\.telegram\.org|hooks\.slack\.com|SLACK_WEBHOOK|discord(?:app)?\.com\/api\/webhooks|DISCORD_WEBHOOK|\bsendmail\b|\bsmtplib\b|pagerduty|opsgenie|pushover|\bntfy\b/i;
/** Files that keep a program running on a server, beside the stacks that are deployed. */
export const RUNS_PROGRAMS =
  /(^|\/)(?:crontab[\w.-]*|[\w.@-]+\.(?:cron|service|timer)|ecosystem\.config\.\w+|Procfile|supervisord?[\w.-]*\.(?:conf|ini)|Dockerfile[\w.-]*|[\w.-]*(?:deploy|setup|install|provision)[\w.-]*\.(?:sh|bash|ya?ml))$/i;

/** Services that watch sites, as a document names them, and its words for using one. */
export const WATCHING_SERVICE =
  /\b(UptimeRobot|Uptime Robot|Better ?Stack|Better ?Uptime|Pingdom|StatusCake|Checkly|Site24x7|Freshping|HetrixTools|Uptime\.com|Instatus|Cronitor|Healthchecks\.io|Statuspage)\b/i;
export const SAYS_WATCHED =
  /\b(?:status page|monitored (?:by|with)|we (?:use|monitor)|monitors? (?:is|are) (?:set|configured)|alerts? (?:go|come|are sent))\b/i;
export const ONLY_ADVISES =
  /\b(?:consider|recommend\w*|should|could|options?|pick one|to-?do|for example|e\.g\.|such as|not yet|later|planned|set up (?:a|an)?)\b/i;
/** What a monitor that was set up elsewhere leaves behind: a badge, a public page, an address that is told of each run. */
export const TRACES: readonly (readonly [RegExp, string])[] = [
  [/img\.shields\.io\/uptimerobot\/|stats\.uptimerobot\.com\/\w+/, 'UptimeRobot'],
  [
    /uptime\.betterstack\.com\/(?:status-badges|api\/v1\/heartbeat)|betteruptime\.com\/(?:status-badges|api\/v1\/heartbeat)|\bBETTER_?(?:STACK|UPTIME)_\w*(?:HEARTBEAT|UPTIME)\w*/,
    'Better Stack',
  ],
  [/hc-ping\.com\/|\bHEALTHCHECKS_?(?:IO_)?(?:PING_)?(?:URL|UUID|KEY)\b/, 'Healthchecks.io'],
  [/cronitor\.link\/|\bCRONITOR_(?:API_)?(?:KEY|URL)\b/, 'Cronitor'],
  [/\b(?:UPTIME_?ROBOT|PINGDOM|STATUSCAKE|CHECKLY)_\w*(?:KEY|TOKEN|ID|URL)\b/, 'a monitoring service'],
  [/\bUPTIME_KUMA_(?:PUSH_)?(?:URL|TOKEN)\b|\/api\/push\/[\w-]+\?status=up/, 'Uptime Kuma'],
];
/** Where the operator of a site writes: what the code of a product connects to is its users' business. */
export const OPERATORS_FILE =
  /(^|\/)README[\w.-]*\.(?:md|mdx|rst)$|(^|\/)\.env[\w.-]*$|(^|\/)[\w.-]*env[\w.-]*\.(?:example|sample|template)$|^\.github\/workflows\/|\.(?:sh|bash|tf)$|(^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** The folder of this gap's templates. */
export const GAP = 'gap-013-uptime-monitoring';
/** Says whether visitors can be served. */
export const READY = '/api/health/ready';
/** What is to be watched, and the script that makes it so at the provider. */
export const MONITORS = 'infra/monitoring/monitors.json';
export const SCRIPT = 'scripts/monitors.mjs';
/** The monitor that waits for each backup. */
export const BACKUP_MONITOR = 'nightly backup';
/** Where the provider's key is taken from. */
export const TOKEN = 'BETTERSTACK_API_TOKEN';
/** The stack that watches from a server of one's own, which is written on demand. */
export const OWN_STACK = 'infra/docker-compose.monitoring.yml';
export const RULE_TESTS = 'infra/monitoring/alerts.test.yml';
