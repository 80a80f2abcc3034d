import { useEffect } from "react";
import { pick, useGraphiQL } from "@graphiql/react";

/** Shows nothing: it moves the tab in front, and those beside it, to where they are seen, for the bar has no scrollbar. */
export function TabInSight() {
  const { tabs, activeTabIndex } = useGraphiQL(pick("tabs", "activeTabIndex"));
  const title = tabs[activeTabIndex]?.title;

  useEffect(() => {
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [activeTabIndex, title]);

  return null;
}
