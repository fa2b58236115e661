import type { Page } from "@playwright/test";

/** Serves an exported page and its models at http://exported.test, with the library from this machine. */
export async function serveExported(page: Page, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await page.route("http://exported.test/**", (route) => {
    const path = decodeURI(new URL(route.request().url()).pathname.slice(1));
    const body = files[path];
    const contentType = path.endsWith(".html") ? "text/html" : "application/octet-stream";
    return body ? route.fulfill({ body: Buffer.from(body), contentType }) : route.fulfill({ status: 404 });
  });
  await page.route("https://cdn.jsdelivr.net/**", (route) =>
    route.fulfill({ path: "node_modules/@tensorflow/tfjs/dist/tf.min.js" }),
  );
}
