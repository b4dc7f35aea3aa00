import type { z } from 'zod';

/** What is chosen about the monitors. */
export interface MonitorOptions {
  readonly prometheus: boolean;
}

/** Monitors of one's own beside those of a provider. */
export const monitorOptions = (zod: typeof z) =>
  zod.object({
    prometheus: zod
      .boolean()
      .default(false)
      .describe(
        'Also write a stack with Prometheus, the blackbox exporter and Alertmanager, for a server of your own.',
      ),
  });
