import { expect, it } from 'vitest';

import { secretLooking } from './secretLooking';

it.each([
  ['api_key', 'API key', true],
  ['apikey', 'Key', true],
  ['password', 'Password', true],
  ['x', 'Access token', true],
  ['client_secret', 'Client', true],
  ['signing_key', 'Signing', true],
  ['pin', 'PIN', true],
  ['domain', 'Domain', false],
  ['user', 'User name', false],
  ['shipping', 'Shipping', false],
  ['keyboard', 'Keyboard', false],
])('%s (%s): %s', (key, label, secret) => {
  expect(secretLooking({ key, label })).toBe(secret);
});
