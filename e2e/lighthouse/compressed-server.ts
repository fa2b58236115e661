import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};
const unpacked = new Set([".png", ".wasm"]);

/** What a host does and the preview does not: files packed, those with their content in their names kept for good. */
export async function serveCompressed(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly address: string; readonly close: () => void }> {
  const packed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = normalize(join(folder, pathname === "/" ? "index.html" : decodeURIComponent(pathname)));
    if (!path.startsWith(normalize(folder)) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const ending = extname(path);
    const isPacked = !unpacked.has(ending);
    const body = packed.get(path) ?? (isPacked ? gzipSync(readFileSync(path)) : readFileSync(path));
    packed.set(path, body);
    response.writeHead(200, {
      ...headers,
      "Content-Type": types[ending] ?? "application/octet-stream",
      "Cache-Control": pathname.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      ...(isPacked && { "Content-Encoding": "gzip" }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { address: `http://localhost:${address.port}/`, close: () => server.close() };
}
