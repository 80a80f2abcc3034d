import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";

/** Queries and mutations by POST, subscriptions over graphql-transport-ws at the same address. */
export function fetcherFor(endpoint: string): Fetcher {
  const socket = new URL(endpoint, location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  const fetcher = createGraphiQLFetcher({
    url: endpoint,
    subscriptionUrl: socket.href,
    enableIncrementalDelivery: false,
  });
  return (params, options) => fetcher(params, { ...options, headers: lowerCased(options?.headers ?? {}) });
}

/** The same headers become the socket's connection parameters, and their names have a case there. */
function lowerCased(headers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
