import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from "@graphiql/toolkit";
import { type ExecutionResult, GraphQLError, Kind, parse } from "graphql";

import type { Story } from "./story";

/** Queries and mutations by POST, subscriptions over graphql-transport-ws at the same address. */
export function fetcherFor(endpoint: string, story: Story): Fetcher {
  const socket = new URL(endpoint, location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  const fetcher = createGraphiQLFetcher({
    url: endpoint,
    subscriptionUrl: socket.href,
    enableIncrementalDelivery: false,
  });
  return async (params, options) => {
    const missing = story.missing(params.variables);
    if (missing) return notSent(`${missing}, its answer fills in the id here. Or write an id of your own.`);
    const headers = lowerCased(options?.headers ?? {});
    const answer = await fetcher(...upToDate(params, { ...options, headers }));
    story.learn(answer);
    return answer;
  };
}

function notSent(reason: string): ExecutionResult {
  return { errors: [new GraphQLError(`Not sent: ${reason}`)] };
}

/** The same headers become the socket's connection parameters, and their names have a case there. */
function lowerCased(headers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Run as soon as it is opened, a tab comes with the operation of the one before: GraphiQL reads it a moment later. */
function upToDate(params: FetcherParams, options: FetcherOpts): [FetcherParams, FetcherOpts] {
  try {
    const documentAST = parse(params.query);
    const names = documentAST.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [each.name?.value] : [],
    );
    const operationName = names.length === 1 ? names[0] : params.operationName;
    return [{ ...params, operationName }, { ...options, documentAST }];
  } catch {
    return [params, options]; // the server says what is wrong with the document
  }
}
