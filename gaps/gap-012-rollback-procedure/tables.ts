import type { Subject } from '../../src/read/documents/passages.ts';

/** Hosts that keep earlier deployments and put one back in their own interface. */
export const KEEPS_DEPLOYMENTS =
  /^(?:Vercel|Netlify|Railway|Render|Cloudflare|DigitalOcean|Firebase App Hosting)$/;

/** Words for the way back to what ran before. */
export const WAY_BACK =
  /\broll(?:ing)?[\s-]?backs?\b|\brevert(?:ing)? (?:a |the |to )?(?:deploy|release|version|previous)|\bback to the previous (?:version|release)/i;

/** Where the runbook asks for the procedure, and the words of every document about it. */
export const SUBJECT: Subject = { path: 'docs/deployment-runbook.md', about: WAY_BACK };

/** What else can be rolled back: a record, a setting, a thing of the product, a step of a program. */
export const OTHER_SUBJECT =
  /\b(?:transaction|credit|payment|refund|billing|quota|function|API|SDK|state|agent|flag|toggle|polic(?:y|ies)|prompt|draft|document|page|content|article|template|form|workflow|pipeline step|permission|role|price|pricing|plan|order|invoice|task|stor(?:y|ies)|ticket|experiment|dataset|schema change|edit|history|undo|editor|PRD|rule)s?\b/i;

/** Commands that put an earlier release into service. */
export const PUTS_BACK =
  /\bdocker[ -]compose\b[^\n]{0,200}\b(?:up|pull|run|restart)\b|\bdocker (?:image )?(?:run|tag|pull|load|service update|stack deploy)\b|\bkubectl\b[^\n]{0,200}\b(?:rollout|set image|apply)\b|\bhelm (?:rollback|upgrade)\b|\bargocd\b|\bgcloud\b[^\n]{0,200}\b(?:update-traffic|deploy)\b|\b(?:vercel|netlify|heroku|fly|flyctl|railway|render|wrangler|eb|cf|dokku|kamal|cap|serverless|sls|az|aws)\b[^\n]{0,200}\b(?:rollback|roll-back|promote|releases?|deploy(?:ment)?s?|update-service|--image|redeploy|restore\w*|slot)\b|\bgit (?:checkout|reset|revert|switch)\b|\bpm2 (?:deploy|reload|restart|start)\b|\bsystemctl (?:re)?start\b|\bansible-playbook\b|\bterraform apply\b|(?:^|[\s`/])[\w-]{0,40}(?:deploy|roll-?back|release|restore)[\w-]{0,40}\.(?:sh|bash|ps1|mjs|js|ts|py)\b|\b(?:npm|pnpm|yarn|make|just|task) (?:run )?[\w:-]{0,40}(?:deploy|roll-?back|release)\b|\b(?:pg_restore|psql|mysql|mongorestore)\b/i;

/** Words of steps that are about a running system and not about a record in it. */
export const RUNNING_SYSTEM =
  /\b(?:re-?deploy\w*|deploy(?:ment|s|ed)?|docker|containers?|images?|image tag|revisions?|traffic|commit|build that ran|previous build|servers?|services?|instances?|pods?|stack|backup|production|host(?:ing)?)\b/i;

/** The folder of this gap's templates. */
export const GAP = 'gap-012-rollback-procedure';
/** The document that is written. */
export const RUNBOOK = SUBJECT.path;
/** What the deploy script reads in, and what people start. */
export const COMMON = 'scripts/release-common.sh';
export const ROLLBACK = 'scripts/rollback.sh';
/** The scripts of a repository that backs up its data. */
export const BACKUP = 'scripts/backup.sh';
export const RESTORE = 'scripts/restore.sh';

/** How hosts that keep earlier deployments put one back, in the words of their documentation. */
export const HOSTS: Readonly<Record<string, string>> = {
  Vercel: 'in its dashboard: the project, Deployments, Instant Rollback',
  Netlify: 'in its dashboard: the site, Deploys, an earlier deploy, Publish deploy',
  Railway: 'in its dashboard: the service, Deployments, an earlier one, Rollback',
  Render: 'in its dashboard: the service, Events, an earlier deploy, Rollback',
  Cloudflare: 'in its dashboard: the Worker or Pages project, Deployments, Rollback',
  'Firebase App Hosting': 'in the Firebase console: the backend, Rollouts, Roll back',
};
