import { expect, it } from 'vitest';

import type { Limits } from '../../generated/api';
import { fromLimits, toLimits } from './limits';

const limits: Limits = {
  time_ms: 30_000,
  memory_bytes: 256 << 20,
  stack_bytes: 512 << 10,
  timers: 1000,
  requests: 64,
  output_bytes: 6 << 20,
  log_bytes: 1 << 20,
};

it('shows limits in units and gives them back', () => {
  const shown = fromLimits(limits);
  expect(shown).toMatchObject({ seconds: 30, memory: 256, stack: 512, output: 6 });
  expect(toLimits(limits, shown)).toEqual(limits);
});

it('keeps what is not shown', () => {
  const other = { ...limits, log_bytes: 5 };
  expect(toLimits(other, { ...fromLimits(limits), seconds: 5 })).toEqual({ ...other, time_ms: 5000 });
});
