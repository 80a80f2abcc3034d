/** What the server tells this page: see README.md. */
export interface Config {
  endpoint: string;
  headers: Record<string, string>;
  notice?: string | null;
  operations: Operation[];
  placeholders: Record<string, string>;
}

export interface Operation {
  name: string;
  isTab: boolean;
  query: string;
  variables?: string | null;
}

export async function loadConfig(): Promise<Config> {
  const address = `${import.meta.env.BASE_URL}config.json`;
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.json();
  } catch (reason) {
    throw new Error(`Could not read ${address}: ${reason instanceof Error ? reason.message : reason}.`);
  }
}
