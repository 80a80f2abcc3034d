import { useEffect } from "react";
import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";

import type { Story } from "./story";

/** Shows nothing: it writes the ids that an answer has brought into the variables of all tabs. */
export function FillIn({ story }: { story: Story }) {
  const { updateActiveTabValues } = useGraphiQLActions();
  const { tabs, variableEditor } = useGraphiQL(pick("tabs", "variableEditor"));

  useEffect(() => {
    story.onProgress = (edit) => {
      // GraphiQL has no action for a tab behind; its objects are read again when it is opened or stored
      for (const tab of tabs) tab.variables &&= edit(tab.variables);
      // in front is what the editor holds: the tab learns of a key press only a moment later
      const written = variableEditor?.getValue() ?? "";
      const variables = edit(written);
      if (variables !== written) variableEditor?.setValue(variables);
      updateActiveTabValues({ variables });
    };
  }, [story, tabs, variableEditor, updateActiveTabValues]);

  return null;
}
