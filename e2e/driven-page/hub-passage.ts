import type { BrowserContext } from "playwright";
import { HUB } from "../../src/engine/dataset/downloads/hub";

/** How the hub is reached from here. */
export interface HubAccount {
  /** The hub's address, without a slash at the end. */
  readonly endpoint: string;
  readonly token?: string;
}

/** Reads it from the environment, as the hub's own tools do. */
export const hubAccount = ({ HF_ENDPOINT, HF_TOKEN }: NodeJS.ProcessEnv): HubAccount => ({
  endpoint: (HF_ENDPOINT || HUB).replace(/\/$/, ""),
  ...(HF_TOKEN && { token: HF_TOKEN }),
});

/** `fetch` with the account's token; it is left out where the hub redirects to another server. */
export const fetchAs =
  ({ token }: HubAccount): typeof fetch =>
  (address, init) => {
    const headers = new Headers(init?.headers);
    if (token) headers.set("authorization", `Bearer ${token}`);
    return fetch(address, { ...init, headers });
  };

/** Answers are held in memory whole: of a large file the page gets this much, and asks for the rest. */
const PIECE_BYTES = 16 * 1024 ** 2;

/** Passes the page's requests to the hub on to that of the account. */
export async function passToHub(context: BrowserContext, account: HubAccount): Promise<void> {
  const ask = fetchAs(account);
  await context.route(`${HUB}/**`, async (route) => {
    const request = route.request();
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers()["range"] ?? "");
    const from = Number(range?.[1] ?? 0);
    const to = Math.min(Number(range?.[2] ?? Number.POSITIVE_INFINITY), from + PIECE_BYTES - 1);
    const isContent = request.url().includes("/resolve/");
    try {
      const response = await ask(request.url().replace(HUB, account.endpoint), {
        method: request.method(),
        ...(isContent && { headers: { range: `bytes=${from}-${to}` } }),
      });
      const link = response.headers.get("link")?.replaceAll(account.endpoint, HUB);
      await route.fulfill({
        status: response.status === 206 && !range ? 200 : response.status,
        headers: {
          "access-control-allow-origin": "*",
          "access-control-expose-headers": "Link",
          ...(link && { link }),
        },
        body: Buffer.from(await response.arrayBuffer()),
      });
    } catch {
      await route.abort("connectionfailed");
    }
  });
}
