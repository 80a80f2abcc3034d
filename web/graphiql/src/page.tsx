import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN, type GraphiQLProps } from "graphiql";

import type { Config } from "./config";
import { Examples } from "./examples";
import { fetcherFor } from "./fetcher";
import { FillIn } from "./fill-in";
import { hasStoredTabs, headersText, refreshStoredTabs, storage } from "./session";
import type { Story } from "./story";
import { TabInSight } from "./tab-in-sight";

const PLUGINS = [explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

export function Page({ config, session, story }: { config: Config; session: GraphiQLProps; story: Story }) {
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
            {config.operations.length > 0 && <Examples operations={config.operations} fillIn={story.fillIn} />}
          </>
        )}
      </GraphiQL.Toolbar>
      <FillIn story={story} />
      <TabInSight />
      {config.notice && <GraphiQL.Footer>{config.notice}</GraphiQL.Footer>}
    </GraphiQL>
  );
}

/** Where this visit starts: the tabs of the last one or, at first, one tab for each step of the story. */
export function startSession(config: Config, story: Story): GraphiQLProps {
  const headers = headersText(config.headers);
  const returning = hasStoredTabs();
  refreshStoredTabs(config, story);
  const tabs = config.operations
    .filter(({ isTab }) => isTab)
    .map(({ query, variables }) => ({ query, variables: story.fillIn(variables ?? ""), headers }));
  return {
    fetcher: fetcherFor(config.endpoint, story),
    defaultHeaders: headers,
    defaultTabs: tabs.length > 0 ? tabs : undefined,
    initialVariables: returning ? undefined : tabs[0]?.variables,
    // headers first where a key is still to be written there
    defaultEditorToolsVisibility: returning || hasHeaders(config) ? "variables" : "headers",
    shouldPersistHeaders: persistsHeaders(config),
  };
}

/** The user's choice in the settings; before one was made, only a sandbox' key is worth so little as to be kept. */
function persistsHeaders(config: Config): boolean {
  const choice = storage.getItem("graphiql:shouldPersistHeaders");
  return choice === null ? hasHeaders(config) : choice === "true";
}

function hasHeaders({ headers }: Config): boolean {
  return Object.keys(headers).length > 0;
}
