import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A fake of the part of the Hugging Face hub that keeps models: repositories, commits, large files, which are uploaded
 * apart, listings and downloads (https://huggingface.co/docs/hub/api,
 * https://github.com/git-lfs/git-lfs/blob/main/docs/api).
 */
export interface ModelHub {
  readonly address: string;
  /** Files by repository and path. */
  readonly repositories: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  /** Publishes files as a repository's newest commit, which is returned. */
  readonly publish: (id: string, files: Readonly<Record<string, Uint8Array>>) => string;
  /** What goes wrong with a file, by "owner/name:path". */
  readonly faults: Map<string, Fault>;
  /** The paths that were asked for. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/**
 * "cut": every transfer ends halfway; "break": the first one does; "other": other bytes come than are listed; "gated": access is
 * refused; "stall": half of it comes, then nothing more.
 */
export type Fault = "cut" | "break" | "other" | "gated" | "stall";

type Files = ReadonlyMap<string, Uint8Array>;
type Reply = readonly [status: number, body: object | Uint8Array, headers?: Readonly<Record<string, string>>];

/** Files that hold tensors are large, whatever their size. */
const isLarge = (path: string) => /\.(safetensors|onnx|bin)$|_data$/.test(path);
/** So few that small repositories have several pages. */
const ENTRIES_PER_PAGE = 3;
const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag,Content-Range,Link,X-Error-Code",
};

const hashOf = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A commit is named by what it holds. */
function commitOf(files: Files): string {
  const hash = createHash("sha1");
  for (const [path, content] of files) hash.update(`${path} ${hashOf(content)}\n`);
  return hash.digest("hex");
}

/** One page of a commit's files and folders, as the hub lists them. */
function pageOf(files: Files, from: number): { readonly entries: readonly object[]; readonly next?: number } {
  const folders = new Set(
    [...files.keys()].flatMap((path) => (path.includes("/") ? [path.slice(0, path.lastIndexOf("/"))] : [])),
  );
  const all = [
    ...[...folders].map((path) => ({ type: "directory", oid: "1".repeat(40), size: 0, path })),
    ...[...files].map(([path, content]) => ({
      type: "file",
      oid: "2".repeat(40),
      size: content.length,
      path,
      ...(isLarge(path) && { lfs: { oid: hashOf(content), size: content.length, pointerSize: 134 } }),
    })),
  ];
  const to = from + ENTRIES_PER_PAGE;
  return { entries: all.slice(from, to), ...(to < all.length && { next: to }) };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @param token the one that may write, and read what is private */
export async function startModelHub(token: string): Promise<ModelHub> {
  const repositories = new Map<string, Map<string, Uint8Array>>();
  const hidden = new Set<string>();
  const large = new Map<string, Uint8Array>();
  const commits = new Map<string, Files>();
  const faults = new Map<string, Fault>();
  const asked: string[] = [];
  const broken = new Set<string>();
  let [address, storeAddress] = ["", ""];

  const isTrusted = ({ headers }: IncomingMessage) => headers.authorization === `Bearer ${token}`;
  const commit = (files: Files) => {
    const sha = commitOf(files);
    commits.set(sha, new Map(files));
    return sha;
  };

  const publish: ModelHub["publish"] = (id, files) => {
    const all = new Map(Object.entries(files));
    repositories.set(id, all);
    return commit(all);
  };

  /** Listings and downloads; undefined for any other request. */
  const read = (incoming: IncomingMessage): Reply | undefined => {
    const url = new URL(incoming.url ?? "/", address);
    const path = decodeURIComponent(url.pathname);
    const [, id = "", kind, revision = ""] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/(.+)$/.exec(path) ?? [];
    const [, of = "", sha = "", file = ""] = /^\/([^/]+\/[^/]+)\/resolve\/(\w+)\/(.+)$/.exec(path) ?? [];
    if (id === "" && of === "") return undefined;
    const repository = repositories.get(id || of);
    // The hub does not tell what is private from what does not exist.
    if (!repository || (hidden.has(id || of) && !isTrusted(incoming)))
      return [401, { error: "Invalid username or password." }, { "x-error-code": "RepoNotFound" }];
    if (kind === "revision")
      return revision === "main"
        ? [200, { id, sha: commit(repository) }]
        : [404, { error: "Invalid rev id" }];
    const files = commits.get(kind === "tree" ? revision : sha);
    if (!files) return [404, { error: "Invalid rev id" }];
    if (kind === "tree") {
      const { entries, next } = pageOf(files, Number(url.searchParams.get("cursor") ?? 0));
      const more = `<${address}${url.pathname}?recursive=true&cursor=${next}>; rel="next"`;
      return [200, entries, next === undefined ? {} : { link: more }];
    }
    const content = files.get(file);
    if (!content) return [404, { error: "Entry not found" }, { "x-error-code": "EntryNotFound" }];
    if (faults.get(`${of}:${file}`) === "gated")
      return [401, { error: "Access is restricted." }, { "x-error-code": "GatedRepo" }];
    if (isLarge(file)) return [302, {}, { location: `${storeAddress}/${of}:${file}?commit=${sha}` }];
    return [200, content];
  };

  const write = async (incoming: IncomingMessage): Promise<Reply> => {
    const url = incoming.url ?? "/";
    const body = await bodyOf(incoming);
    const stored = /^\/large\/(\w+)$/.exec(url)?.[1];
    if (stored !== undefined) {
      if (hashOf(body) !== stored) return [400, { error: "The content has another hash." }];
      large.set(stored, body);
      return [200, {}];
    }
    if (!isTrusted(incoming)) return [401, { error: "Invalid credentials" }];
    if (url === "/api/repos/create") {
      const { organization, name, visibility } = JSON.parse(body.toString());
      const id = `${organization}/${name}`;
      if (repositories.has(id)) return [409, { error: "You already created this model repo" }];
      repositories.set(id, new Map());
      if (visibility === "private") hidden.add(id);
      return [200, { url: `${address}/${id}`, name: id, id }];
    }
    const [, id = "", action] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(preupload|commit)\/main/.exec(url) ??
      /^\/([^/]+\/[^/]+)\.git\/info\/lfs\/objects\/(batch)$/.exec(url) ??
      [];
    const repository = repositories.get(id);
    if (!repository) return [404, { error: "Repository not found" }];
    if (action === "preupload") {
      const { files } = JSON.parse(body.toString()) as { files: { path: string }[] };
      return [
        200,
        { files: files.map(({ path }) => ({ path, uploadMode: isLarge(path) ? "lfs" : "regular" })) },
      ];
    }
    if (action === "batch") {
      const { objects } = JSON.parse(body.toString()) as { objects: { oid: string; size: number }[] };
      const upload = ({ oid }: { oid: string }) => ({
        upload: { href: `${address}/large/${oid}`, header: {} },
      });
      return [
        200,
        { transfer: "basic", objects: objects.map((object) => ({ ...object, actions: upload(object) })) },
      ];
    }
    for (const line of body.toString().trim().split("\n")) {
      const { key, value } = JSON.parse(line);
      if (key === "file") repository.set(value.path, Buffer.from(value.content, value.encoding));
      if (key === "lfsFile") {
        const content = large.get(value.oid);
        if (!content) return [400, { error: `The large file ${value.path} was not uploaded.` }];
        repository.set(value.path, content);
      }
    }
    const commitOid = commit(repository);
    return [
      200,
      { success: true, commitOid, commitUrl: `${address}/${id}/commit/${commitOid}`, hookOutput: "" },
    ];
  };

  /** Sends the content of a large file, or what a fault makes of it. As the hub's own store it refuses tokens. */
  const deliver = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", storeAddress);
    const name = decodeURIComponent(pathname).slice(1);
    const content = commits.get(searchParams.get("commit") ?? "")?.get(name.slice(name.indexOf(":") + 1));
    if (!content || incoming.headers.authorization !== undefined) {
      response.writeHead(400, cors).end();
      return;
    }
    const fault = faults.get(name);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(incoming.headers.range ?? "") ?? [];
    const wanted = from === undefined ? content : content.subarray(Number(from), Number(to) + 1);
    const part = fault === "other" ? wanted.map((byte) => byte ^ 1) : wanted;
    response.writeHead(from === undefined ? 200 : 206, { ...cors, "content-length": String(part.length) });
    const isCut = fault === "cut" || fault === "stall" || (fault === "break" && !broken.has(name));
    broken.add(name);
    if (!isCut) response.end(part);
    else response.write(part.subarray(0, part.length / 2), () => fault === "stall" || response.destroy());
  };

  const server = createServer((incoming, response) => {
    const isRead = incoming.method === "GET";
    if (isRead) asked.push(incoming.url ?? "/");
    const reply = isRead ? read(incoming) : undefined;
    void Promise.resolve(reply ?? write(incoming)).then(([status, body, headers]) => {
      const isJson = !(body instanceof Uint8Array);
      response.writeHead(status, {
        ...cors,
        ...headers,
        "content-type": isJson ? "application/json" : "application/octet-stream",
      });
      response.end(isJson ? JSON.stringify(body) : body);
    });
  });
  const store = createServer(deliver);
  address = await listening(server);
  storeAddress = await listening(store);
  const close = async () => {
    for (const one of [server, store]) {
      one.closeAllConnections();
      await new Promise<void>((resolve) => one.close(() => resolve()));
    }
  };
  return { address, repositories, publish, faults, asked, close };
}
