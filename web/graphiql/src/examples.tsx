import { ToolbarButton, ToolbarMenu, useGraphiQL, useGraphiQLActions } from "@graphiql/react";

import type { Operation } from "./config";
import type { Edit } from "./story";

/** A menu that opens an example in a new tab: those that are no tab at first, were closed or came with a newer server. */
export function Examples({ operations, fillIn }: { operations: Operation[]; fillIn: Edit }) {
  const { addTab } = useGraphiQLActions();
  const editors = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));

  function open({ query, variables }: Operation): void {
    addTab();
    editors.queryEditor?.setValue(query);
    editors.variableEditor?.setValue(fillIn(variables ?? ""));
  }

  return (
    <ToolbarMenu
      button={
        <ToolbarButton label="Examples">
          <BookIcon />
        </ToolbarButton>
      }
    >
      {operations.map((operation) => (
        <ToolbarMenu.Item key={operation.name} onSelect={() => open(operation)}>
          {operation.name}
        </ToolbarMenu.Item>
      ))}
    </ToolbarMenu>
  );
}

function BookIcon() {
  return (
    <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M5 4h5a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H4V5a1 1 0 0 1 1-1zM19 4h-5a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h6V5a1 1 0 0 0-1-1z" />
    </svg>
  );
}
