import { expect, it } from 'vitest';

import { newOAuth2 } from './fixtures';
import { usesPkce, withPkce } from './pkce';

it('puts the three fields of PKCE in once, and takes them out whole', () => {
  const on = withPkce(withPkce(newOAuth2(), true), true);
  expect(usesPkce(on)).toBe(true);
  const names = on.authorization_request.queries.map((query) => query.name);
  expect(names.filter((name) => name === 'code_challenge')).toHaveLength(1);
  expect(names.filter((name) => name === 'code_challenge_method')).toHaveLength(1);
  expect(on.get_token_request.body_fields.filter(({ name }) => name === 'code_verifier')).toHaveLength(1);
  expect(withPkce(on, false)).toEqual(newOAuth2());
  expect(usesPkce(newOAuth2())).toBe(false);
});
