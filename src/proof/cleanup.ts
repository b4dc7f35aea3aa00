/** What has to be undone, last first. Runs once; a step that fails does not keep the others from running. */
export interface Cleanup {
  add(undo: () => unknown): void;
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const steps: (() => unknown)[] = [];
  return {
    add: (undo) => void steps.push(undo),
    async run() {
      for (let undo = steps.pop(); undo; undo = steps.pop()) {
        try {
          await undo();
        } catch {
          // Whatever could not be undone must not hide the rest, nor the result.
        }
      }
    },
  };
}
