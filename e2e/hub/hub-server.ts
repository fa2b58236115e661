/** A fake Hugging Face hub that can misbehave like an unreliable network. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The fate of a request for content. "stall": half of it arrives, then nothing more. */
export type Mood = "fine" | "truncate" | "break" | "stall" | "rate-limit" | "ignore-range" | "error";

/** Files by split, in order. */
export type Splits = Readonly<Record<string, readonly Uint8Array[]>>;

export interface HubServer {
  readonly address: string;
  /** Applied to successive requests for content; later requests succeed. */
  readonly moods: Mood[];
  /** Faults of single files, by the end of their paths, as long as they are listed. */
  readonly moodOf: Map<string, Mood>;
  /** The number of stalled requests that are still open. */
  readonly stalled: () => number;
  /** Aborts the stalled requests. */
  readonly release: () => void;
  /** The number of requests for content so far. */
  readonly asked: { readonly method: string; readonly path: string; readonly range: string | undefined }[];
  /** The entity tag; another tag means other content. */
  tag: string;
  readonly close: () => Promise<void>;
}

const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag,Content-Range,X-Linked-Size,X-Linked-ETag",
};

/** The responses for faulty datasets. */
const oddListings: Readonly<Record<string, readonly [status: number, body: string]>> = {
  "none/none": [404, ""],
  "some/gated": [403, ""],
  "some/script": [200, "{}"],
  "some/nonsense": [200, "<html>"],
  "some/elsewhere": [200, JSON.stringify({ default: { train: ["https://elsewhere.test/a"] } })],
};

/** @param splitsOf the files of every other dataset, by its id */
export async function startHubServer(splitsOf: (id: string) => Splits): Promise<HubServer> {
  const moods: Mood[] = [];
  const moodOf = new Map<string, Mood>();
  const held = new Set<ServerResponse>();
  const asked: HubServer["asked"] = [];
  const state = { address: "", tag: '"one"' };

  const listing = (id: string) => {
    const splits = Object.entries(splitsOf(id)).map(([split, files]) => {
      const folder = `${state.address}/api/datasets/${id}/parquet/default/${split}`;
      return [split, files.map((_, number) => `${folder}/${number}.parquet`)] as const;
    });
    return JSON.stringify({ default: Object.fromEntries(splits) });
  };

  const moodFor = (url: string): Mood => {
    for (const [ending, mood] of moodOf) if (url.endsWith(ending)) return mood;
    return moods.shift() ?? "fine";
  };

  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method = "GET", url = "/" } = incoming;
    const say = (status: number, headers: Record<string, string> = {}, body?: string) => {
      response.writeHead(status, { ...cors, ...headers });
      response.end(method === "HEAD" ? undefined : body);
    };
    const listed = /^\/api\/datasets\/([^/]+\/[^/]+)\/parquet$/.exec(url)?.[1];
    const redirected = /^\/api\/datasets\/(.+)\/parquet\/default\/(\w+\/\d+)\.parquet$/.exec(url);
    if (listed) {
      const [status, body] = oddListings[listed] ?? [200, listing(listed)];
      say(status, { "content-type": "application/json" }, body);
    } else if (redirected) {
      // As in the real hub, content comes from another address.
      say(302, { location: `${state.address}/contents/${redirected[1]}/${redirected[2]}` });
    } else {
      asked.push({ method, path: url, range: incoming.headers.range });
      const [, id = "", split = "", number] = /^\/contents\/(.+)\/(\w+)\/(\d+)$/.exec(url) ?? [];
      const content = splitsOf(id)[split]?.[Number(number)];
      if (!content) say(404);
      else if (method === "HEAD") say(200, { "content-length": String(content.length), etag: state.tag });
      else hand(content, incoming.headers.range, moodFor(url), response, say);
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
    else if (mood === "stall") {
      response.write(half, () => held.add(response));
      response.once("close", () => held.delete(response));
    } else response.end(part);
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const release = () => {
    for (const response of held) response.destroy();
  };
  return Object.assign(state, { moods, moodOf, asked, close, stalled: () => held.size, release });
}
