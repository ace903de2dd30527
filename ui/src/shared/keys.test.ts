import { expect, it } from 'vitest';

import { freeKey, keyProblem } from './keys';

it.each([
  ['send', ['sign'], undefined],
  ['', [], 'A key is needed'],
  ['two words', [], 'No spaces'],
  ['tab\t', [], 'No spaces'],
  ['send', ['send'], 'is taken'],
  ['Send', ['send'], undefined],
])('judges the key %j beside %j', (key, others, problem) => {
  if (problem === undefined) expect(keyProblem(key, others)).toBeUndefined();
  else expect(keyProblem(key, others)).toContain(problem);
});

it('finds a key that is free', () => {
  expect(freeKey('action', [])).toBe('action');
  expect(freeKey('action', ['action', 'action_2'])).toBe('action_3');
});
