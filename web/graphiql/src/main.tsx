import "./workers";

import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "@graphiql/plugin-explorer/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { createRoot } from "react-dom/client";

import { loadConfig } from "./config";
import { Page, startSession } from "./page";
import { Story } from "./story";

const root = createRoot(document.getElementById("root")!);

try {
  const config = await loadConfig();
  const story = new Story(config.placeholders);
  root.render(<Page config={config} session={startSession(config, story)} story={story} />);
} catch (reason) {
  root.render(
    <div className="message" role="alert">
      <h1>GraphiQL could not start</h1>
      <p>{reason instanceof Error ? reason.message : String(reason)}</p>
      <p>Is the server running? Start it, then reload this page.</p>
    </div>,
  );
}
