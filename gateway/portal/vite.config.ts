import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const gateway = process.env['PLUMBLINE_GATEWAY'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', reportCompressedSize: false, manifest: true, assetsInlineLimit: 0 },
  server: {
    proxy: Object.fromEntries(['/api', '/session', '/logout', '/oauth2', '/login', '/problems'].map((path) => [path, gateway])),
  },
});
