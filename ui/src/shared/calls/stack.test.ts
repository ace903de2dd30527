import { expect, it } from 'vitest';

import { parseStack, placeOf } from './stack';

it('finds the place of every frame of the app', () => {
  const stack = [
    "TypeError: cannot read property 'id' of undefined",
    '    at actionOf (functions/build/index.js:97:33)',
    '    at async functions/build/index.js:14:12',
    '    at signer (functions/build/lib/people.js:3:5)',
    '    at functions/other/index.js:1:1',
    '    at <anonymous>',
    '',
  ].join('\n');
  const lines = parseStack(stack);
  expect(lines.map((line) => line.place)).toEqual([
    undefined,
    { tab: 'build', line: 97, column: 33 },
    { tab: 'build', line: 14, column: 12 },
    undefined,
    undefined,
    undefined,
  ]);
  expect(lines.map((line) => line.before + line.where + line.after).join('\n')).toBe(stack.trimEnd());
  expect(lines[1]).toMatchObject({
    before: '    at actionOf (',
    where: 'functions/build/index.js:97:33',
    after: ')',
  });
});

it('takes a frame without a column', () => {
  expect(parseStack('at functions/webhook/index.js:7')[0]?.place).toEqual({
    tab: 'webhook',
    line: 7,
    column: undefined,
  });
});

it('knows which files the window can edit', () => {
  expect(placeOf('functions/action/index.js', 3)).toMatchObject({ tab: 'action', line: 3 });
  expect(placeOf('functions/action/node_modules/x/index.js', 3)).toBeUndefined();
  expect(placeOf('app.json', 3)).toBeUndefined();
  expect(placeOf(undefined)).toBeUndefined();
});
