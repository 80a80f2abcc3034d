import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN, type GraphiQLProps } from "graphiql";

import type { Config } from "./config";
import { Examples } from "./examples";
import { fetcherFor } from "./fetcher";
import { hasStoredTabs, headersText, refreshStoredTabs, storage } from "./session";
import { TabInSight } from "./tab-in-sight";

const PLUGINS = [explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

export function Page({ config, session }: { config: Config; session: GraphiQLProps }) {
  return (
    <GraphiQL
      {...session}
      plugins={PLUGINS}
      storage={storage}
      inputValueDeprecation
      schemaDescription
      showPersistHeadersSettings
    >
      <GraphiQL.Logo>Billwright</GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            {config.operations.length > 0 && <Examples operations={config.operations} />}
          </>
        )}
      </GraphiQL.Toolbar>
      <TabInSight />
      {config.notice && <GraphiQL.Footer>{config.notice}</GraphiQL.Footer>}
    </GraphiQL>
  );
}

/** Where this visit starts: the tabs of the last one or, at first, one tab for each example. */
export function startSession(config: Config): GraphiQLProps {
  const headers = headersText(config.headers);
  const returning = hasStoredTabs();
  refreshStoredTabs(config);
  const examples = config.operations.map(({ query, variables }) => ({ query, variables: variables ?? "", headers }));
  return {
    fetcher: fetcherFor(config.endpoint),
    defaultHeaders: headers,
    defaultTabs: examples.length > 0 ? examples : undefined,
    initialVariables: returning ? undefined : examples[0]?.variables,
    shouldPersistHeaders: persistsHeaders(config),
  };
}

/** The user's choice in the settings; before one was made, only a sandbox' key is worth so little as to be kept. */
function persistsHeaders(config: Config): boolean {
  const choice = storage.getItem("graphiql:shouldPersistHeaders");
  return choice === null ? Object.keys(config.headers).length > 0 : choice === "true";
}
