import { createRequire, builtinModules, isBuiltin } from 'node:module';
const require = createRequire(import.meta.url);
export default [require('./c.cjs').named, require.resolve('./c.cjs'), isBuiltin('node:fs'), isBuiltin('nope'), builtinModules.includes('http')];
