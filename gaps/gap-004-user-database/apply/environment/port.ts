import type { Edit, Fix, ManualStep, Repo } from '../../../../src/contract.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { addYamlEntry, addYamlItem } from '../../../../src/edit/yaml-entry.ts';
import type { ForeignPort } from '../../read/foreign-port.ts';

/** The service says itself where it listens. */
export function portFix(repo: Repo, wanted: readonly ForeignPort[]): Fix {
  const edits: Edit[] = [];
  const manual: ManualStep[] = [];
  for (const each of wanted) {
    const outcome = portSpans(repo, each);
    if ('refused' in outcome) manual.push(portStep(each));
    else edits.push(splice(repo, each.deployed.path, outcome.spans));
  }
  return { edits, manual };
}

function portSpans(repo: Repo, { deployed: { path, service }, expected }: ForeignPort) {
  const at = ['services', service.name];
  const text = repo.text(path);
  const { environment } = service.value;
  if (!service.isWhole) return { refused: 'a part of it stands elsewhere' };
  if (environment === undefined) return addYamlEntry(path, text, at, 'environment', [`PORT=${expected}`]);
  return Array.isArray(environment)
    ? addYamlItem(path, text, [...at, 'environment'], `PORT=${expected}`)
    : addYamlEntry(path, text, [...at, 'environment'], 'PORT', `'${expected}'`);
}

function portStep({ deployed: { path, service }, port, expected, file }: ForeignPort): ManualStep {
  return {
    title: `In ${path}, set PORT=${expected} in the environment of the service ${service.name}`,
    why: `${file} sets PORT=${port} for it too, and the file is written in a way that cannot be edited safely.`,
    seenBy: 'The finding is gone from the next audit.',
  };
}
