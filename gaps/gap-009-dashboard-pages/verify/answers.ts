/** What the gateway answers, whatever it is asked: every list of the pages holds one row with the word. */
export function fullAnswer(mark: string): Readonly<Record<string, unknown>> {
  const release = {
    id: mark,
    version: mark,
    changelog: mark,
    createdAt: '2026-01-02T03:04:05.000Z',
    createdBy: mark,
    status: 'released',
    deployedTo: ['staging'],
  };
  const environment = { status: 'healthy', currentRelease: release, lastDeployedAt: release.createdAt };
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
  return {
    success: true,
    checks: [],
    environments: ['development', 'staging', 'production'].map((name) => ({ name, ...environment })),
    releases: [release],
    // Agents stand in a list, and each of these is one by itself: the answer of a request that made one.
    roster: [
      { ...agent, type: 'SUPERVISORY' },
      { ...agent, type: 'EXECUTION' },
    ],
    id: mark,
    name: mark,
    templates: [
      {
        id: mark,
        name: mark,
        description: mark,
        complexity: 'simple',
        estimatedBuildTime: mark,
        features: [mark],
      },
    ],
    models: [
      {
        id: mark,
        name: mark,
        tier: mark,
        contextWindow: 200_000,
        pricing: { inputPer1M: 1, outputPer1M: 2 },
      },
    ],
    offices: [{ director: { id: mark, title: mark, scope: mark }, departmentalAgent: { name: mark } }],
    project: { id: mark },
    projects: [{ id: mark, name: mark }],
    active: [
      {
        projectId: mark,
        currentStage: 'BUILD',
        stageStatus: { BUILD: { status: 'running' } },
        overallStatus: 'running',
        startedAt: release.createdAt,
      },
    ],
  };
}

/** The same with nothing in its lists. */
export function emptyAnswer(mark: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fullAnswer(mark)).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
  );
}
