import { expect, it } from 'vitest';

import type { ActionType, App, FunctionKind } from '../../generated/api';
import { parseObject } from '../../shared/json';
import { exampleParameters, rememberRunInputs, runInputs } from './parameters';

function app(type?: ActionType): App {
  const actions = type ? [{ key: 'send', title: 'Send', type }] : [];
  return { name: 'A', actions, authentication: {} };
}

it('gives Build the context of its first action', () => {
  expect(exampleParameters('build', app('APP_ACTION_TYPE_ACTION'))).toMatchObject({
    context: { action_key: 'send', title: 'Send', assignees: [{ user: { id: 'user-1' } }, {}] },
    input: {},
  });
  expect(exampleParameters('build', app('APP_ACTION_TYPE_AWAIT')).context).toEqual({ action_key: 'send' });
});

it.each<[ActionType, string, boolean]>([
  ['APP_ACTION_TYPE_ACTION', 'assignees', true],
  ['APP_ACTION_TYPE_AUTOMATION', 'attempts', false],
  ['APP_ACTION_TYPE_AWAIT', 'attempts', false],
  ['APP_ACTION_TYPE_TRIGGER', 'trigger_activation_time', false],
])('gives Action of %s its own context', (type, field, redirect) => {
  const { context, callback } = exampleParameters('action', app(type));
  expect(context).toHaveProperty(field);
  expect(callback).toHaveProperty('webhook');
  expect(Object.keys(callback as object).includes('redirect')).toBe(redirect);
});

it('gives Webhook a body that can be decoded', () => {
  const { input } = exampleParameters('webhook', app()) as { input: { body_base64: string } };
  expect(JSON.parse(atob(input.body_base64))).toEqual({ token: 'test-token' });
});

it('remembers what was typed, for each app and function', () => {
  rememberRunInputs('a', 'build', { text: '{"mine": 1}', credential: 'c' });
  expect(runInputs('a', 'build', app())).toEqual({ text: '{"mine": 1}', credential: 'c' });
  const kinds: FunctionKind[] = ['identity', 'action', 'redirect', 'webhook'];
  for (const kind of kinds) expect(parseObject(runInputs('a', kind, app()).text)).toHaveProperty('value');
  expect(runInputs('b', 'build', app()).text).not.toContain('mine');
});
