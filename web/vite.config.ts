import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['OPENPOST_API'] ?? 'http://localhost:3000', changeOrigin: false } },
  },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // A strict Content-Security-Policy forbids data: scripts; small SVG files stay files as well.
    assetsInlineLimit: 0,
  },
});
