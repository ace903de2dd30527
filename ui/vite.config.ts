import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * Monaco names its own TypeScript worker where none is given to it. `features/function/monaco.ts` gives one, so the other
 * would be 7 MB in `dist` that nothing loads.
 */
function withoutMonacosOwnWorker(): Plugin {
  const creation = /new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{[^}]*\}\)/;
  return {
    name: 'without-monacos-own-worker',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/typescript\/workerManager\.js$/.test(id)) return undefined;
      // A Monaco that is built differently is told here, not by a larger program.
      if (!creation.test(code)) this.error(`${id} creates its worker in another way: look at vite.config.ts`);
      return { code: code.replace(creation, 'undefined'), map: null };
    },
  };
}

export default defineConfig({
  plugins: [withoutMonacosOwnWorker(), react()],
  build: {
    // The window is WebKitGTK or WKWebView or WebView2 of the last two years: nothing to transpile for.
    target: 'safari17',
    // Assets stay files: the content security policy allows only what the app itself serves.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: 'es' },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
