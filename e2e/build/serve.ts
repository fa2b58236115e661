import { build, preview } from "vite";

export interface ServedPage {
  /** Address with a final slash. */
  readonly address: string;
  close(): Promise<void>;
}

/** Builds the page and serves the build on the first free port from `port` on. */
export async function servePage(port = 4173, logLevel: "info" | "warn" = "info"): Promise<ServedPage> {
  await build({ logLevel });
  const server = await preview({ preview: { port, strictPort: false }, logLevel });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The server started without an address.");
  return { address, close: () => server.close() };
}
