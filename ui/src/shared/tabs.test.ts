import { expect, it } from 'vitest';

import { TABS, tabOf } from './tabs';

it('names the tabs as the framework does', () => {
  expect(TABS.map((tab) => tab.label)).toEqual([
    'Basic Info',
    'Action List',
    'Authorization',
    'Identity Function',
    'Build Function',
    'Action Function',
    'Redirect Function',
    'Webhook Function',
  ]);
});

it.each([
  ['actions[1].key', 'app.json', 'actions'],
  ['authentication.oauth2.client_id', 'app.json', 'authorization'],
  ['redirect_function', 'app.json', 'redirect'],
  ['', 'functions/webhook/index.js', 'webhook'],
  ['', 'functions/other/index.js', 'basics'],
  ['name', 'app.json', 'basics'],
  ['logo', undefined, 'basics'],
])('finds the tab of %s in %s', (path, file, tab) => {
  expect(tabOf(path, file)).toBe(tab);
});
