import { expect, it } from 'vitest';

import { accessibilityProblems } from './test-axe';

it('finds what has no name', async () => {
  document.body.innerHTML = '<main><h1>A screen</h1><button></button></main>';
  expect(await accessibilityProblems(document.body)).toEqual(['button-name: <button></button>']);
});
