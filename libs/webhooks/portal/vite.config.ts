import { fileURLToPath } from 'node:url';

import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is served below whatever path the host chose, under a policy that allows no inline script or style. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [
    react(),
    // React Aria's own words, in the portal's languages alone.
    optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'es-ES', 'fr-FR', 'it-IT', 'pt-BR', 'ar-AE'] }),
  ],
  build: {
    outDir: '../dist/portal/page',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    cssCodeSplit: false,
    // A data: URL would be refused by the policy for anything but an image.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // React and React Aria are most of it, and every view needs them.
    chunkSizeWarningLimit: 700,
  },
});
