import type { Limits } from '../../generated/api';

/** The limits that can be changed here, in whole units. */
export interface Shown {
  seconds: number;
  memory: number;
  stack: number;
  timers: number;
  requests: number;
  output: number;
}

interface Field {
  name: keyof Shown;
  label: string;
  unit: string;
  min: number;
  max: number;
}

export const FIELDS: readonly Field[] = [
  { name: 'seconds', label: 'Time', unit: 's', min: 1, max: 900 },
  { name: 'memory', label: 'Memory', unit: 'MB', min: 16, max: 2048 },
  { name: 'stack', label: 'Stack', unit: 'KB', min: 128, max: 4096 },
  { name: 'requests', label: 'HTTP requests at once', unit: '', min: 1, max: 1000 },
  { name: 'timers', label: 'Timers at once', unit: '', min: 1, max: 100_000 },
  { name: 'output', label: 'Output', unit: 'MB', min: 1, max: 64 },
];

const MB = 1024 * 1024;

export function fromLimits(limits: Limits): Shown {
  return {
    seconds: Math.round(limits.time_ms / 1000),
    memory: Math.round(limits.memory_bytes / MB),
    stack: Math.round(limits.stack_bytes / 1024),
    timers: limits.timers,
    requests: limits.requests,
    output: Math.round(limits.output_bytes / MB),
  };
}

/** The limits with what was entered; what is not shown stays. */
export function toLimits(limits: Limits, shown: Shown): Limits {
  return {
    ...limits,
    time_ms: shown.seconds * 1000,
    memory_bytes: shown.memory * MB,
    stack_bytes: shown.stack * 1024,
    timers: shown.timers,
    requests: shown.requests,
    output_bytes: shown.output * MB,
  };
}
