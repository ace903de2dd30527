import { describe, expect, it } from 'vitest';

import { rows } from './fixtures';
import { pastedRows } from './pastedRows';

describe('a pasted text', () => {
  it.each([
    ['a=b&c=d', ['a=b', 'c=d']],
    ['?a=b&c=', ['a=b', 'c=']],
    [
      'scope=read%20write&redirect_uri=https%3A%2F%2Fx.example%2Fback',
      ['scope=read write', 'redirect_uri=https://x.example/back'],
    ],
    ['scope=a+b', ['scope=a b']],
    [
      'https://p.example/authorize?response_type=code&state={{state}}#x',
      ['response_type=code', 'state={{state}}'],
    ],
    ['bad=%zz&x=1', ['bad=%zz', 'x=1']],
    ['Accept: application/json', ['Accept=application/json']],
    [
      'Accept: application/json\r\nAuthorization: Bearer a=b==\n\n',
      ['Accept=application/json', 'Authorization=Bearer a=b=='],
    ],
    ['grant_type=refresh_token&\ncode=1', ['grant_type=refresh_token', 'code=1']],
  ])('%j becomes rows', (text, wanted) => {
    expect(pastedRows(text)).toEqual(rows(...wanted));
  });

  it.each([
    '',
    'application/json',
    'https://p.example/token',
    'two words',
    '{{client_id}}',
    'one line\nand another',
  ])('%j stays one value', (text) => {
    expect(pastedRows(text)).toBeUndefined();
  });
});
