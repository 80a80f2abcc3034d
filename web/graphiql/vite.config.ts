import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { licenses } from "./licenses.ts";

const thirdParty = licenses("THIRD_PARTY_LICENSES.txt", [
  "@fontsource-variable/fira-code",
  "@fontsource-variable/roboto",
]);

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/graphiql/",
  plugins: [thirdParty.collect, thirdParty.write],
  resolve: {
    alias: [
      // graphiql-explorer is CommonJS: left alone, it would bring a second copy of graphql.
      { find: /^graphql$/, replacement: "graphql/index.mjs" },
      { find: "monaco-editor/esm/vs/editor/edcore.main.js", replacement: file("src/monaco.ts") },
      { find: /^prettier\/(parser-babel|plugins\/estree)$/, replacement: file("src/prettier-jsonc.ts") },
    ],
  },
  worker: { format: "es", plugins: () => [thirdParty.collect] },
  build: {
    outDir: "../../billwright/static/graphiql",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // no data: addresses, so that the policy can refuse them
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
