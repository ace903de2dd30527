import c, { named, other } from './c.cjs';
import * as all from './c.cjs';
export const v = [named, other, c.named, Object.keys(all)];
export const u = [import.meta.url, import.meta.dirname, import.meta.filename, import.meta.resolve('./x.js'), import.meta.resolve('fs'), typeof require, this === undefined];
export default function f() {}
