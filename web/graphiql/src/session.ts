/** What is kept in this browser between visits: tabs, their headers, and which headers we filled in ourselves. */

import type { Config } from "./config";
import type { Story } from "./story";

type Headers = Config["headers"];
interface Tab {
  query: string | null;
  variables: string | null;
  headers: string | null;
}

const PREFIX = "billwright:"; // other GraphiQLs may live on the same localhost address

export const storage = {
  getItem: (key: string) => localStorage.getItem(PREFIX + key),
  setItem: (key: string, value: string) => localStorage.setItem(PREFIX + key, value),
  removeItem: (key: string) => localStorage.removeItem(PREFIX + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

const TEMPLATE = `{
  // "Authorization": "Bearer <your key>"
}`;

/** The text of the headers tab: the given headers, or a comment that shows how to write them. */
export function headersText(headers: Headers): string {
  return Object.keys(headers).length ? JSON.stringify(headers, null, 2) : TEMPLATE;
}

export function hasStoredTabs(): boolean {
  return storage.getItem("graphiql:tabState") !== null;
}

/**
 * Bring stored tabs up to date with what the server prefills now.
 *
 * A header that still holds what was filled in last time gets today's value, and variables the ids known so far. The
 * sandbox has another key once its data folder was wiped; then those ids are gone too. Whatever the user wrote stays.
 */
export function refreshStoredTabs({ headers }: Config, story: Story): void {
  const before: Headers = JSON.parse(storage.getItem("prefilled") ?? "{}");
  storage.setItem("prefilled", JSON.stringify(headers));
  const isWiped = Object.keys(headers).some((name) => (before[name] ?? headers[name]) !== headers[name]);
  const edit = isWiped ? story.forget() : story.fillIn;
  const state = JSON.parse(storage.getItem("graphiql:tabState") ?? "null");
  if (!state) return;
  for (const tab of state.tabs as Tab[]) {
    tab.headers &&= refreshedHeaders(tab.headers, before, headers);
    tab.variables &&= edit(tab.variables);
  }
  storage.setItem("graphiql:tabState", JSON.stringify(state));
  showActiveTab(state.tabs[state.activeTabIndex]);
}

/** GraphiQL keeps the editors' texts a second time; were they to differ from the active tab, it would open another. */
function showActiveTab(tab: Tab | undefined): void {
  for (const editor of ["query", "variables", "headers"] as const) {
    storage.removeItem(`graphiql:${editor}`);
    const text = tab?.[editor];
    if (text) storage.setItem(`graphiql:${editor}`, text);
  }
}

function refreshedHeaders(text: string, previous: Headers, now: Headers): string {
  if (text === headersText(previous)) return headersText(now);
  return Object.keys(now).reduce((changed, name) => {
    const old = previous[name];
    return old ? changed.replaceAll(JSON.stringify(old), JSON.stringify(now[name])) : changed;
  }, text);
}
