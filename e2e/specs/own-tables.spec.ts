import { expect, type Page, test } from "@playwright/test";
import { parquetWriteBuffer } from "hyparquet-writer";
import { encodeBitmap } from "../../src/engine/dataset/pixels/encoded-images.testing";
import type { GrayImages } from "../../src/engine/dataset/tables/gray-images.testing";
import { SIDE } from "../../src/engine/dataset/tables/gray-images.testing";
import { DrivenPage } from "../driven-page/driven-page";
import { written } from "../fixtures/formats";
import { grayImages, packedIdx } from "../fixtures/gray-images";
import { addressOf, fourTinyArms } from "../fixtures/tiny-experiments";

/** Published files with labels, as visitors have them, and a fake hub. */
const parts = { train: grayImages("train", 300), t10k: grayImages("t10k", 100) };

const names = "T-shirt, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot".split(", ");

/** A part in the hub's format: encoded images, labels, and the names of the classes. */
function parquetOf({ pixels, labels }: GrayImages): Buffer {
  const picture = (image: Uint8Array) =>
    encodeBitmap(SIDE, SIDE, (x, y) => {
      const gray = image[y * SIDE + x] ?? 0;
      return [gray, gray, gray, 255];
    });
  const features = { label: { names, _type: "ClassLabel" } };
  const content = parquetWriteBuffer({
    columnData: [
      { name: "image", data: pixels.map(picture), type: "BYTE_ARRAY" },
      { name: "label", data: Array.from(labels), type: "INT32" },
    ],
    rowGroupSize: 100,
    kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features } }) }],
  });
  return Buffer.from(content);
}

/** Answers and records all requests that would leave this machine. */
async function standInForTheHub(page: Page): Promise<string[]> {
  const contents = { train: parquetOf(parts.train), test: parquetOf(parts.t10k) };
  const asked: string[] = [];
  const cors = { "access-control-allow-origin": "*" };
  await page.context().route(/^https?:\/\/(?!localhost)/, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    asked.push(`${request.method()} ${url.pathname}`);
    const base = /^https:\/\/huggingface\.co\/api\/datasets\/[\w-]+\/fashion_mnist\/parquet/.exec(
      request.url(),
    )?.[0];
    if (request.url() === base) {
      const file = (split: string) => [`${base}/default/${split}/0.parquet`];
      return route.fulfill({
        headers: cors,
        json: { default: { train: file("train"), test: file("test") } },
      });
    }
    const content = url.pathname.includes("/train/") ? contents.train : contents.test;
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers()["range"] ?? "") ?? [];
    const isHead = request.method() === "HEAD";
    const body = from === undefined ? content : content.subarray(Number(from), Number(to) + 1);
    return route.fulfill({
      status: from === undefined ? 200 : 206,
      headers: { ...cors, "content-length": String(body.length), etag: '"1"' },
      body: isHead ? "" : body,
    });
  });
  return asked;
}

test.describe("images in tables", () => {
  const heading = (page: Page, name: string) => page.getByRole("heading", { name: `${name} loaded` });
  const classes = (page: Page) => page.getByRole("list", { name: "Classes" }).getByRole("listitem");

  test("four IDX files dropped together become a dataset of ten classes", async ({ page }) => {
    const driven = new DrivenPage(page);
    await driven.open(addressOf({ arms: [...fourTinyArms] }));
    await driven.showOwnImages();
    await driven.drop(written({ ...packedIdx("train", parts.train), ...packedIdx("t10k", parts.t10k) }));
    await expect(page.getByRole("heading", { name: "loaded" })).toBeVisible();
    await expect(classes(page)).toHaveCount(10);
  });

  test("a dataset of the hub is loaded by a click, and nothing is requested before", async ({ page }) => {
    const asked = await standInForTheHub(page);
    const driven = new DrivenPage(page);
    await driven.open(addressOf({ arms: [...fourTinyArms] }));
    await driven.showOwnImages();
    expect(asked).toEqual([]);
    await page.getByLabel("Name of a dataset on the hub").fill("somebody/fashion_mnist");
    await page.getByLabel("Maximum images per part").fill("0");
    await page.getByRole("button", { name: "Fetch", exact: true }).click();
    await expect(heading(page, "somebody/fashion_mnist")).toBeVisible();
    await expect(classes(page)).toHaveCount(10);
    await expect(classes(page).filter({ hasText: "Ankle boot" })).toHaveCount(1);
    expect(asked.filter((request) => request.startsWith("GET"))).toHaveLength(3);

    // A dataset with a name of the catalog must be the known one.
    await page.getByRole("button", { name: "Fetch Fashion-MNIST" }).click();
    await expect(driven.notices).toContainText("60,000 images for training were expected, but 300 arrived");
    await expect(heading(page, "somebody/fashion_mnist")).toBeVisible();
  });
});
