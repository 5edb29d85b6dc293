import { defineConfig } from 'vite';

// One classic script and one style sheet with fixed names: a page opened from disk may not import
// modules, and the Rust side includes exactly these two files.
export default defineConfig({
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    reportCompressedSize: false,
    lib: {
      entry: 'src/main.ts',
      formats: ['iife'],
      name: 'shotplanPage',
      fileName: () => 'page.js',
      cssFileName: 'page',
    },
  },
});
