'use client';

import ApiNotice from '@/components/dashboard/ApiNotice';
import { type ApiData, useApi } from '@/hooks/useApi';
import { type Pipeline, readPipelines, readProjects } from '@/lib/dashboard/pipelines';

const LOOKS: Record<Pipeline['overallStatus'], string> = {
  pending: 'border-white/20 text-amber-100/70',
  running: 'border-amber-300/40 text-amber-300',
  completed: 'border-emerald-400/40 text-emerald-400',
  failed: 'border-red-400/40 text-red-300',
  paused: 'border-yellow-400/40 text-yellow-300',
};

export default function PipelinesPage() {
  const pipelines = useOwnPipelines();

  return (
    <div className="space-y-6">
      <header>
        <h1 className="font-display text-3xl font-bold tracking-tight text-amber-50">PIPELINES</h1>
        <p className="mt-1 text-sm text-amber-100/70">The builds of your projects, stage by stage.</p>
      </header>
      <ApiNotice
        of={pipelines}
        what="pipelines"
        note="Builds that are underway. A restart of the server clears this list."
      />
      <ul className="grid gap-4 md:grid-cols-2">
        {pipelines.data.map((pipeline) => (
          <PipelineCard key={pipeline.projectId} pipeline={pipeline} />
        ))}
      </ul>
    </div>
  );
}

type NamedPipeline = Pipeline & { readonly name: string };

/** The gateway lists the pipelines of everybody: those of one's own projects are shown. */
function useOwnPipelines(): ApiData<readonly NamedPipeline[]> {
  const projects = useApi('/api/projects', readProjects, []);
  const pipelines = useApi('/api/pipelines', readPipelines, []);
  const own = pipelines.data.flatMap((pipeline) => {
    const project = projects.data.find(({ id }) => id === pipeline.projectId);
    return project ? [{ ...pipeline, name: project.name }] : [];
  });
  return {
    data: own,
    state: projects.state.kind === 'ready' ? pipelines.state : projects.state,
    retry: () => {
      projects.retry();
      pipelines.retry();
    },
  };
}

function PipelineCard({ pipeline }: { pipeline: NamedPipeline }) {
  return (
    <li className="rounded-3xl border border-white/10 bg-black/60 p-6 backdrop-blur-2xl">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold text-amber-50">{pipeline.name}</h2>
        <Status status={pipeline.overallStatus} />
      </div>
      <p className="mt-1 text-xs text-amber-100/70">
        Since <time dateTime={pipeline.startedAt}>{new Date(pipeline.startedAt).toLocaleString()}</time>
      </p>
      <ol className="mt-4 space-y-2">
        {Object.entries(pipeline.stageStatus).map(([stage, { status, assignedAgent, error }]) => (
          <li
            key={stage}
            aria-current={stage === pipeline.currentStage ? 'step' : undefined}
            className="flex flex-wrap items-center justify-between gap-2 text-xs text-amber-100/70"
          >
            <span>
              {stage}
              {assignedAgent ? ` (${assignedAgent})` : null}
            </span>
            <Status status={status} />
            {error ? <span className="basis-full text-red-300">{error}</span> : null}
          </li>
        ))}
      </ol>
    </li>
  );
}

function Status({ status }: { status: Pipeline['overallStatus'] }) {
  return (
    <span className={`rounded-full border px-2 py-0.5 text-xs font-semibold ${LOOKS[status]}`}>{status}</span>
  );
}
