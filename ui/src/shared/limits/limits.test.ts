import { expect, it } from 'vitest';

import { limitBounds } from '../../generated/api';
import type { Limits } from '../../generated/api';
import { entered, FIELDS, problem, shown, summary, toLimits } from './limits';

const limits: Limits = {
  time_ms: 30_000,
  memory_bytes: 256 << 20,
  stack_bytes: 512 << 10,
  timers: 1000,
  requests: 64,
  output_bytes: 6 << 20,
  log_bytes: 1 << 20,
};

it('has a field for every limit', () => {
  const fields = FIELDS.map(({ name }) => name).sort();
  expect(fields).toEqual(Object.keys(limitBounds).sort());
  expect(fields).toEqual(Object.keys(limits).sort());
});

it('shows limits in units and gives them back', () => {
  const values = entered(limits);
  expect(values).toMatchObject({
    time_ms: 30,
    memory_bytes: 256,
    stack_bytes: 512,
    output_bytes: 6,
    log_bytes: 1,
  });
  expect(toLimits(limits, values)).toEqual(limits);
});

it('takes fractions of a unit, and loses no digit of what was not changed', () => {
  const odd = { ...limits, time_ms: 250, log_bytes: 12_345 };
  expect(entered(odd)).toMatchObject({ time_ms: 0.25, log_bytes: 0.012 });
  expect(toLimits(odd, { ...entered(odd), memory_bytes: 64.5 })).toEqual({
    ...odd,
    memory_bytes: 64.5 * 2 ** 20,
  });
});

it('leaves out what is not entered', () => {
  expect(entered({ timers: 5 })).toMatchObject({ timers: 5, time_ms: '', log_bytes: '' });
  expect(toLimits({ timers: 5 }, { ...entered({}), time_ms: 1.5 })).toEqual({ time_ms: 1500 });
});

it('names the bounds of the program, of which both ends can be entered', () => {
  for (const field of FIELDS) {
    const range = /^From ([\d.]+) to ([\d.]+)\.$/.exec(problem(field, '') ?? '');
    const [least, most] = [Number(range?.[1]), Number(range?.[2])];
    expect(problem(field, least), field.name).toBeUndefined();
    expect(problem(field, most), field.name).toBeUndefined();
    expect(problem(field, 0), field.name).toBeDefined();
    expect(problem(field, most * 1.01 + 1), field.name).toBeDefined();
    const own = toLimits({}, { ...entered({}), [field.name]: most })[field.name];
    expect(own).toBe(limitBounds[field.name].most);
  }
  const [time, , stack] = FIELDS;
  expect(time && problem(time, 0.05)).toBe('From 0.1 to 900.');
  expect(stack && problem(stack, 64)).toBeUndefined();
  expect(time && problem(time, 'x')).toBeDefined();
});

it('says what differs in a line', () => {
  expect(summary({ time_ms: 45_000, timers: 7 })).toBe('Time 45 s, Timers at once 7');
  expect(summary({})).toBe('');
  const [time] = FIELDS;
  expect(time && shown(time, 1_500)).toBe('1.5 s');
});
