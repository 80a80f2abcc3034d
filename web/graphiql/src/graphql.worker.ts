/** monaco-graphql's worker, less one mistake: it calls an input field required although the field has a default. */

import { initialize } from "monaco-editor/esm/vs/editor/editor.worker.js";
import { GraphQLWorker } from "monaco-graphql/esm/GraphQLWorker.js";

interface VariablesSchema {
  definitions?: Record<string, { properties: Record<string, object>; required: string[] }>;
}

class Worker extends GraphQLWorker {
  override async doGetVariablesJSONSchema(uri: string) {
    const schema = (await super.doGetVariablesJSONSchema(uri)) as VariablesSchema | null;
    for (const input of Object.values(schema?.definitions ?? {})) {
      input.required = input.required.filter((name) => !("default" in input.properties[name]!));
    }
    return schema;
  }
}

self.onmessage = () => initialize((context: unknown, data: unknown) => new Worker(context as never, data as never));
