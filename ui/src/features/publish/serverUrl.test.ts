import { expect, it } from 'vitest';

import { serverUrlProblem } from './serverUrl';

it.each([
  'https://example.com',
  'https://example.com/integration/',
  'http://127.0.0.1:4000',
  ' http://localhost:1 ',
])('takes %s', (url) => {
  expect(serverUrlProblem(url)).toBeNull();
});

it.each([
  ['', /whole address/],
  ['example.com', /whole address/],
  ['ftp://example.com', /https/],
  ['http://example.com', /unencrypted/],
  ['https://example.com/?a=1', /without a query/],
])('refuses %j', (url, reason) => {
  expect(serverUrlProblem(url)).toMatch(reason);
});
