import { describe, expect, it } from 'vitest';

import { complete, completions, openVariable } from './templates';

const VARIABLES = ['code', 'redirect_uri', 'client_id', 'client_secret', 'code_verifier', 'query.NAME'].map(
  (name) => ({ name, text: '' }),
);

/** Splits a text at `|`, where the caret is. */
function at(marked: string): [text: string, caret: number] {
  return [marked.replace('|', ''), marked.indexOf('|')];
}

describe('completion of variables', () => {
  it.each([
    ['{{|', ''],
    ['Bearer {{acc|', 'acc'],
    ['{{ co|de }}', 'co'],
    ['a={{client_id}}&b={{sta|}}', 'sta'],
    ['{{query.re|', 'query.re'],
  ])('is offered in %s', (marked, prefix) => {
    expect(openVariable(...at(marked))?.prefix).toBe(prefix);
  });

  it.each(['|', '{|', 'plain te|xt', '{{code}}|', '{{code}} mo|re', '{{two words|'])(
    'is not offered in %s',
    (marked) => {
      expect(openVariable(...at(marked))).toBeUndefined();
    },
  );

  it.each([
    ['Bearer {{acc|', 'access_token', 'Bearer {{access_token}}|'],
    ['a{{co|}}b', 'code', 'a{{code}}|b'],
    ['a{{co|de}}b', 'code_verifier', 'a{{code_verifier}}|b'],
    ['{{|', 'query.NAME', '{{query.|}}'],
  ])('turns %s into what was meant', (marked, name, wanted) => {
    const [text, caret] = at(marked);
    const open = openVariable(text, caret);
    if (!open) throw new Error('nothing to complete');
    const result = complete(text, open, name);
    expect(`${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`).toBe(wanted);
  });

  it('puts names that start with the prefix before those that hold it', () => {
    const names = completions(VARIABLES, 'c').map((variable) => variable.name);
    expect(names).toEqual(['code', 'client_id', 'client_secret', 'code_verifier', 'redirect_uri']);
    expect(completions(VARIABLES, 'zzz')).toEqual([]);
  });
});
