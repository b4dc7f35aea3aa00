const DAY = 24;

/** The hours between two runs of a workflow, by the line of cron that runs most often; 0 where it cannot be told. */
export function hoursInCron(workflow: string): number {
  const lines = [...workflow.matchAll(/cron:\s*['"]?([^'"\n#]+)/g)].map(([, line = '']) =>
    hoursOf(line.trim()),
  );
  return lines.length === 0 ? 0 : Math.min(...lines);
}

/** `minute hour day month weekday`; several times of one field share its span. */
function hoursOf(line: string): number {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = line.split(/\s+/);
  if (/[*/,-]/.test(minute)) return hour === '*' ? 0 : DAY / timesIn(hour, DAY);
  if (hour === '*') return 1;
  const days = day === '*' && month === '*' && weekday === '*' ? 1 : 7;
  return (DAY * days) / timesIn(hour, DAY);
}

function timesIn(field: string, span: number): number {
  const step = /^\*\/(\d+)$/.exec(field)?.[1];
  if (step !== undefined) return span / Number(step);
  if (field === '*' || field.includes('-')) return span;
  return field.split(',').length;
}

/** The hours between two checks, as Checkly writes them: `Frequency.EVERY_24H`, or minutes. */
export function hoursInSettings(text: string): number {
  const all = [...text.matchAll(/\bEVERY_(\d+)([SMH])\b|\bfrequency["']?\s*:\s*(\d+)/g)].map(
    ([, count, unit, minutes]) => {
      if (minutes !== undefined) return Number(minutes) / 60;
      return unit === 'H' ? Number(count) : 0;
    },
  );
  return all.length === 0 ? 0 : Math.min(...all);
}
