/** A server that answers as the Hugging Face hub does, and misbehaves as networks do. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to the next request for contents. */
export type Mood = "fine" | "truncate" | "break" | "rate-limit" | "ignore-range" | "error";

export interface HubServer {
  readonly address: string;
  /** Taken by requests for contents one after the other; afterwards all is fine. */
  readonly moods: Mood[];
  /** Requests for contents so far. */
  readonly asked: { readonly method: string; readonly path: string; readonly range: string | undefined }[];
  /** Another tag means that the contents are others. */
  tag: string;
  readonly close: () => Promise<void>;
}

const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag,Content-Range,X-Linked-Size,X-Linked-ETag",
};

/** Listings of datasets that have something the matter with them. */
const oddListings: Readonly<Record<string, readonly [status: number, body: string]>> = {
  "none/none": [404, ""],
  "some/gated": [403, ""],
  "some/script": [200, "{}"],
  "some/nonsense": [200, "<html>"],
  "some/elsewhere": [200, JSON.stringify({ default: { train: ["https://elsewhere.test/a"] } })],
};

/** Every other dataset has these files, by split. */
export async function startHubServer(splits: Readonly<Record<string, Uint8Array>>): Promise<HubServer> {
  const moods: Mood[] = [];
  const asked: HubServer["asked"] = [];
  const state = { address: "", tag: '"one"' };

  const listing = (id: string) => {
    const file = (split: string) => `${state.address}/api/datasets/${id}/parquet/default/${split}/0.parquet`;
    return JSON.stringify({
      default: Object.fromEntries(Object.keys(splits).map((split) => [split, [file(split)]])),
    });
  };

  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method = "GET", url = "/" } = incoming;
    const say = (status: number, headers: Record<string, string> = {}, body?: string) => {
      response.writeHead(status, { ...cors, ...headers });
      response.end(method === "HEAD" ? undefined : body);
    };
    const listed = /^\/api\/datasets\/([^/]+\/[^/]+)\/parquet$/.exec(url)?.[1];
    const redirected = /\/parquet\/default\/(\w+)\/0\.parquet$/.exec(url)?.[1];
    if (listed) {
      const [status, body] = oddListings[listed] ?? [200, listing(listed)];
      say(status, { "content-type": "application/json" }, body);
    } else if (redirected) {
      // As the hub: contents come from another address.
      say(302, { location: `${state.address}/contents/${redirected}` });
    } else {
      asked.push({ method, path: url, range: incoming.headers.range });
      const content = splits[url.replace("/contents/", "")];
      if (!content) say(404);
      else if (method === "HEAD") say(200, { "content-length": String(content.length), etag: state.tag });
      else hand(content, incoming.headers.range, moods.shift() ?? "fine", response, say);
    }
  };

  const hand = (
    content: Uint8Array,
    range: string | undefined,
    mood: Mood,
    response: ServerResponse,
    say: (status: number, headers?: Record<string, string>) => void,
  ): void => {
    if (mood === "rate-limit" || mood === "error") {
      say(mood === "error" ? 503 : 429, { "retry-after": "0" });
      return;
    }
    const [, from = "0", to = String(content.length)] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
    const whole = mood === "ignore-range";
    const part = whole ? content : content.subarray(Number(from), Number(to) + 1);
    response.writeHead(whole ? 200 : 206, {
      ...cors,
      "content-length": String(part.length),
      etag: state.tag,
    });
    const half = part.subarray(0, Math.floor(part.length / 2));
    if (mood === "truncate" || mood === "break") response.write(half, () => response.destroy());
    else response.end(part);
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return Object.assign(state, { moods, asked, close });
}
