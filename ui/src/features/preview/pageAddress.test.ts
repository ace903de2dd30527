import { expect, it } from 'vitest';

import { pageAddress } from './pageAddress';

it.each([
  ['https://example.test/a?b=c', 'https://example.test/a?b=c'],
  ['http://127.0.0.1:4870/sign', 'http://127.0.0.1:4870/sign'],
  ['HTTPS://EXAMPLE.TEST', 'https://example.test/'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['file:///etc/passwd', undefined],
  ['tauri://localhost/', undefined],
  ['/relative', undefined],
  ['', undefined],
])('%j is shown as %j', (url, address) => {
  expect(pageAddress(url)).toBe(address);
});
