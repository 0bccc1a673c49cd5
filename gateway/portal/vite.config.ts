import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const gateway = process.env['PLUMBLINE_GATEWAY'] ?? 'http://localhost:8080';

/** PatternFly's base carries themes that the portal never switches on; a quarter of what a first page would load. */
const withoutUnusedThemes: Plugin = {
  name: 'without-unused-themes',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('@patternfly') || !id.endsWith('.css')) return undefined;
    // Only where every selector of the rule names such a theme.
    const rule = /((?:^|[}\n])\s*)(?:[^{},]*\.pf-v6-theme-(?:felt|glass|high-contrast)[^{},]*,?)+\{[^{}]*\}/g;
    return { code: code.replaceAll(rule, '$1'), map: null };
  },
};

export default defineConfig({
  plugins: [withoutUnusedThemes, react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', reportCompressedSize: false, manifest: true, assetsInlineLimit: 0 },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/v1', '/session', '/logout', '/oauth2', '/login', '/problems'].map((path) => [path, gateway]),
    ),
  },
});
