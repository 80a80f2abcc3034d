/** What is kept in this browser between visits: tabs, their headers, and which headers we filled in ourselves. */

import type { Config } from "./config";

type Headers = Config["headers"];
type Variables = Record<string, string>; // the text of an example's variables, by its name
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
 * A header or a variable that still holds what was filled in last time gets today's value (the sandbox has another key
 * and other ids once its data folder was wiped, and ids at all once the demo was made); whatever the user wrote stays.
 */
export function refreshStoredTabs({ headers, operations }: Config): void {
  const variables: Variables = Object.fromEntries(operations.map(({ name, variables }) => [name, variables ?? ""]));
  const previousHeaders: Headers = JSON.parse(storage.getItem("prefilled") ?? "{}");
  const previousVariables: Variables = JSON.parse(storage.getItem("prefilledVariables") ?? "{}");
  storage.setItem("prefilled", JSON.stringify(headers));
  storage.setItem("prefilledVariables", JSON.stringify(variables));
  const state = JSON.parse(storage.getItem("graphiql:tabState") ?? "null");
  if (!state) return;
  for (const tab of state.tabs as Tab[]) {
    tab.headers &&= refreshedHeaders(tab.headers, previousHeaders, headers);
    tab.variables &&= refreshedVariables(tab.variables, previousVariables, variables);
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

const JSON_STRING = /"(?:[^"\\]|\\.)*"/g;

function refreshedVariables(text: string, previous: Variables, now: Variables): string {
  return Object.keys(now).reduce((changed, name) => {
    const old = previous[name]?.match(JSON_STRING) ?? [];
    const fresh = now[name]!.match(JSON_STRING) ?? [];
    if (old.length !== fresh.length) return changed; // this server's example is another one
    return fresh.reduce((result, value, index) => result.replaceAll(old[index]!, value), changed);
  }, text);
}
