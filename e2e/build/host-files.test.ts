import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright";
import { expect, test } from "vitest";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import { filesFor, hosts } from "./host-files";
import { hostingHeaders } from "./hosting-headers";

/** The headers that a host would read from the files, as its documentation says. */
function headersOf(host: (typeof hosts)[number]): Record<string, string> {
  const { files } = filesFor(host);
  const pairs = (text: string) =>
    [...text.matchAll(/^ {2}([\w-]+): (.+)$/gm)].map(([, name = "", value = ""]) => [
      name.toLowerCase(),
      value,
    ]);
  const readme = files["README.md"] ?? "";
  const custom = /^custom_headers:\n((?: {2}.*\n)+)/m.exec(readme)?.[1] ?? "";
  return Object.fromEntries(pairs(files["_headers"] ?? custom));
}

test("Netlify sends every recommended header", () => {
  const wanted = Object.entries(hostingHeaders).map(([name, value]) => [name.toLowerCase(), value]);
  expect(headersOf("netlify")).toEqual(Object.fromEntries(wanted));
});

test("a Space has only the headers that the hub allows", () => {
  const allowed = [
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
  ];
  expect(Object.keys(headersOf("space")).toSorted()).toEqual(allowed);
});

test("a browser isolates a page with the headers of Netlify and of a Space, and without headers it does not", async () => {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
  const isolated = await Promise.all(
    hosts.map(async (host) => {
      const server = createServer((_, response) => {
        response.writeHead(200, { ...headersOf(host), "content-type": "text/html" });
        response.end("<!doctype html><title>page</title>");
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const isIsolated = await page.evaluate(() => crossOriginIsolated);
      await page.close();
      server.close();
      return [host, isIsolated];
    }),
  );
  await browser.close();
  expect(Object.fromEntries(isolated)).toEqual({ space: true, pages: false, netlify: true });
});
