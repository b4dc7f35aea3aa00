type Answer = Readonly<Record<string, unknown>>;

/** What the gateway answers, whatever it is asked: every list of the pages holds one row with the word. */
export function fullAnswer(mark: string): Answer {
  // What a request made stands beside the lists, so that one answer fits all.
  return { ...releases(mark), ...agents(mark), ...catalog(mark), ...builds(mark), id: mark, name: mark };
}

/** The same with nothing in its lists. */
export function emptyAnswer(mark: string): Answer {
  return Object.fromEntries(
    Object.entries(fullAnswer(mark)).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
  );
}

const WHEN = '2026-01-02T03:04:05.000Z';

function releases(mark: string): Answer {
  const release = {
    id: mark,
    version: mark,
    changelog: mark,
    createdAt: WHEN,
    createdBy: mark,
    status: 'released',
    deployedTo: ['staging'],
  };
  const environment = { status: 'healthy', currentRelease: release, lastDeployedAt: WHEN };
  const environments = ['development', 'staging', 'production'].map((name) => ({ name, ...environment }));
  return { success: true, checks: [], environments, releases: [release] };
}

function agents(mark: string): Answer {
  const agent = {
    id: mark,
    name: mark,
    title: mark,
    role: mark,
    assignedPmo: mark,
    status: 'DEPLOYED',
    tasksCompleted: 1,
    successRate: 90,
    specialties: [mark],
  };
  return { roster: ['SUPERVISORY', 'EXECUTION'].map((type) => ({ ...agent, type })) };
}

function catalog(mark: string): Answer {
  const named = { id: mark, name: mark };
  const template = {
    ...named,
    description: mark,
    complexity: 'simple',
    estimatedBuildTime: mark,
    features: [mark],
  };
  const pricing = { inputPer1M: 1, outputPer1M: 2 };
  const director = { id: mark, title: mark, scope: mark };
  return {
    templates: [template],
    models: [{ ...named, tier: mark, contextWindow: 200_000, pricing }],
    offices: [{ director, departmentalAgent: { name: mark } }],
  };
}

function builds(mark: string): Answer {
  const stages = { currentStage: 'BUILD', stageStatus: { BUILD: { status: 'running' } } };
  return {
    project: { id: mark },
    projects: [{ id: mark, name: mark }],
    active: [{ projectId: mark, ...stages, overallStatus: 'running', startedAt: WHEN }],
  };
}
