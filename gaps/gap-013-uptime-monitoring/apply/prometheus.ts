import type { Edit, ManualStep, Repo } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { appendLines } from '../../../src/edit/text.ts';
import { template } from '../../../src/repo/templates.ts';
import { addressOf } from '../read/address.ts';
import { GAP, OWN_STACK } from '../tables.ts';

const FOLDER = 'infra/monitoring';
const FILES = [
  'prometheus.yml',
  'blackbox.yml',
  'alerts.yml',
  'alerts.test.yml',
  'alertmanager.yml',
  'site.yml',
];
const SECRET = `/${FOLDER}/webhook-url`;

/** A stack that watches from a server of one's own, and the line that keeps its secret out of git. */
export function prometheusEdits(repo: Repo, hasReady: boolean): readonly Edit[] {
  const address = addressOf(repo);
  const site = address.includes('<') ? 'https://SITE' : address;
  const text = (file: string) => {
    const written = template(`${GAP}/${FOLDER}/${file}`);
    if (file !== 'site.yml') return written;
    const addressed = written.replaceAll("'SITE/", `'${site}/`);
    const [comment = '', , , , ...page] = addressed.split('\n');
    return hasReady ? addressed : [comment, ...page].join('\n');
  };
  const created = FILES.map(
    (file): Edit => ({ kind: 'create', path: `${FOLDER}/${file}`, text: text(file) }),
  );
  const stack: Edit = { kind: 'create', path: OWN_STACK, text: template(`${GAP}/${OWN_STACK}`) };
  return [stack, ...created, ...ignored(repo)];
}

function ignored(repo: Repo): readonly Edit[] {
  const comment = '# Where Alertmanager wakes people';
  if (!repo.occupied('.gitignore'))
    return [{ kind: 'create', path: '.gitignore', text: `${comment}\n${SECRET}\n` }];
  const outcome = appendLines(repo.text('.gitignore'), [SECRET], comment);
  return 'spans' in outcome && outcome.spans.length > 0 ? [splice(repo, '.gitignore', outcome.spans)] : [];
}

/** What the stack needs and no repository holds. */
export function prometheusStep(repo: Repo): ManualStep {
  const site = addressOf(repo).includes('<') ? `write the address of the site into ${FOLDER}/site.yml, ` : '';
  return {
    title: `On a server that is not the one to be watched, ${site}put an address that takes Alertmanager's webhooks into ${FOLDER}/webhook-url, and run docker compose -f ${OWN_STACK} up -d`,
    why: 'Who is woken is no matter of the repository, and a monitor on the same server goes down with it.',
    seenBy: 'verify cannot see it; an alert comes within five minutes when the front end is stopped.',
  };
}
