import { describe, expect, it } from 'vitest';

import { complete, completions, OAUTH2_VARIABLES, openVariable, unknownVariables } from './templates';

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
    ['{{|', 'query.', '{{query.|}}'],
  ])('turns %s into what was meant', (marked, name, wanted) => {
    const [text, caret] = at(marked);
    const open = openVariable(text, caret);
    if (!open) throw new Error('nothing to complete');
    const result = complete(text, open, name);
    expect(`${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`).toBe(wanted);
  });

  it('puts names that start with the prefix before those that hold it', () => {
    const names = completions(OAUTH2_VARIABLES.get_token_request, 'c').map((variable) => variable.name);
    expect(names.slice(0, 4)).toEqual(['code', 'client_id', 'client_secret', 'code_verifier']);
    expect(names).toContain('redirect_uri');
    expect(completions(OAUTH2_VARIABLES.get_token_request, 'zzz')).toEqual([]);
  });
});

describe('variables without a value', () => {
  it('are named, once each', () => {
    const text = '{{code}}{{cod}} {{ cod }} {{access_token}}';
    expect(unknownVariables(text, OAUTH2_VARIABLES.get_token_request)).toEqual(['cod', 'access_token']);
  });
  it('are none where any query parameter of the redirect may be named', () => {
    expect(unknownVariables('{{query.realmId}}', OAUTH2_VARIABLES.get_token_request)).toEqual([]);
    expect(unknownVariables('{{query.}}', OAUTH2_VARIABLES.get_token_request)).toEqual(['query.']);
  });
});
