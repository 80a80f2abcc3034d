import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";

import GraphQLWorker from "./graphql.worker.ts?worker";

/** Monaco's workers, as files of our own origin. `graphiql/setup-workers/vite` does the same, but logs each one. */
self.MonacoEnvironment = {
  getWorker(_id: string, label: string): Worker {
    if (label === "graphql") return new GraphQLWorker();
    if (label === "json") return new JsonWorker();
    return new EditorWorker();
  },
};
