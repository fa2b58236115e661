import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A fake of the part of the Hugging Face hub that takes models: repositories, commits, and large files, which are
 * uploaded apart (https://huggingface.co/docs/hub/api, https://github.com/git-lfs/git-lfs/blob/main/docs/api).
 */
export interface ModelHub {
  readonly address: string;
  /** Files by repository and path. */
  readonly repositories: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  readonly close: () => Promise<void>;
}

/** Files that hold tensors are large, whatever their size. */
const isLarge = (path: string) => /\.(safetensors|onnx|bin)$/.test(path);

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @param token the one that may write */
export async function startModelHub(token: string): Promise<ModelHub> {
  const repositories = new Map<string, Map<string, Uint8Array>>();
  const large = new Map<string, Uint8Array>();
  let address = "";

  const answer = async (incoming: IncomingMessage): Promise<readonly [status: number, body: object]> => {
    const url = incoming.url ?? "/";
    const body = await bodyOf(incoming);
    const stored = /^\/large\/(\w+)$/.exec(url)?.[1];
    if (stored !== undefined) {
      const hash = createHash("sha256").update(body).digest("hex");
      if (hash !== stored) return [400, { error: "The content has another hash." }];
      large.set(hash, body);
      return [200, {}];
    }
    if (incoming.headers.authorization !== `Bearer ${token}`) return [401, { error: "Invalid credentials" }];
    if (url === "/api/repos/create") {
      const { organization, name } = JSON.parse(body.toString());
      const id = `${organization}/${name}`;
      if (repositories.has(id)) return [409, { error: "You already created this model repo" }];
      repositories.set(id, new Map());
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
    return [
      200,
      { success: true, commitOid: "0".repeat(40), commitUrl: `${address}/${id}/commit/0`, hookOutput: "" },
    ];
  };

  const server = createServer((incoming, response) => {
    void answer(incoming).then(([status, body]) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { address, repositories, close };
}
