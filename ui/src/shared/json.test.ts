import { expect, it } from 'vitest';

import { kindOf, parseObject, pretty } from './json';

it('reads an object', () => {
  expect(parseObject('{"input": {"a": [1]}}')).toEqual({ value: { input: { a: [1] } } });
});

it.each([
  ['', 'Empty'],
  ['  \n', 'Empty'],
  ['[]', 'this is a list'],
  ['null', 'this is null'],
  ['"x"', 'this is a text'],
  ['5', 'this is a number'],
  ['{\n  "a": 1,\n}', 'Not JSON'],
  ['{"a": tru}', 'Not JSON'],
])('says what is wrong with %j', (text, problem) => {
  const parsed = parseObject(text);
  expect(parsed).toHaveProperty('problem');
  expect('problem' in parsed && parsed.problem).toContain(problem);
});

it('names the line of a syntax error', () => {
  const parsed = parseObject('{\n  "a": 1,\n  b\n}');
  expect('problem' in parsed && parsed.problem).toContain('line 3');
});

it('prints what JSON can hold, and undefined', () => {
  expect(pretty({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(pretty(undefined)).toBe('undefined');
  expect(kindOf(true)).toBe('true');
});
