import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
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
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
