import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hostingHeaders } from "../build/hosting-headers";
import { keptPage, root } from "../build/kept-page";
import type { ServedPage } from "../build/serve";
import { asDiskFull } from "./whole-file";

/**
 * Puts a built page into `folder`, once: several processes then serve the same one. @param from a page that was built
 * before @throws Error if there is none at `from`
 */
export async function providePage(folder: string, from?: string): Promise<void> {
  if (existsSync(folder)) return;
  const part = `${folder}.part`;
  // Of a process that was killed.
  rmSync(part, { recursive: true, force: true });
  try {
    if (from !== undefined && !existsSync(join(from, "index.html"))) {
      throw new Error(
        `There is no built page at ${from}: a folder that \`npm run build\` has written is needed.`,
      );
    }
    cpSync(from ?? (await keptPage()), part, { recursive: true });
    renameSync(part, folder);
  } catch (error) {
    throw asDiskFull(error, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Serves a built page on a free port, as docs/hosting.md says. */
export async function serveFolder(folder: string): Promise<ServedPage & { readonly port: number }> {
  // Commands that serve nothing start sooner without it.
  const { preview } = await import("vite");
  const server = await preview({
    root,
    // How the page is built and tested takes longer to read than serving takes.
    configFile: false,
    build: { outDir: folder },
    preview: {
      headers: hostingHeaders,
      host: "127.0.0.1",
      port: 4290 + (process.pid % 2_000),
      strictPort: false,
    },
    logLevel: "error",
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The server started without an address.");
  return { address, port: Number(new URL(address).port), close: () => server.close() };
}
