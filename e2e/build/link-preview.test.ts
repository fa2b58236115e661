import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { linkPreviewTags, previewSize } from "./link-preview";

const root = resolve(import.meta.dirname, "../..");
const contents = (site?: string) =>
  linkPreviewTags(site)
    .filter(({ attrs }) => !String(attrs?.["property"]).startsWith("og:image:"))
    .map(({ attrs }) => String(attrs?.["content"] ?? attrs?.["href"]));

/** Width and height from a PNG's first chunk. */
function sizeOf(path: string): string {
  const bytes = readFileSync(resolve(root, "public", path));
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test("a build with a known address has absolute addresses of its picture and itself", () => {
  expect(contents("https://example.org/retort/")).toEqual([
    "https://example.org/retort/preview.png",
    "https://example.org/retort/",
    "https://example.org/retort/preview.png",
    "https://example.org/retort/",
  ]);
  expect(contents()).toEqual(["preview.png"]);
});

test.each(["example.org", "https://example.org/retort", "file:///retort/"])(
  "%s is refused by name",
  (site) => {
    expect(() => linkPreviewTags(site)).toThrow(`SITE_ADDRESS is "${site}"`);
  },
);

test("the picture has the size stated by the page", () => {
  expect(sizeOf("preview.png")).toBe(`${previewSize.width}x${previewSize.height}`);
});

test("every picture of the manifest exists and has the stated size", () => {
  const manifest = JSON.parse(readFileSync(resolve(root, "public/manifest.webmanifest"), "utf8")) as Record<
    "icons" | "screenshots",
    readonly { readonly src: string; readonly sizes: string }[]
  >;
  const pictures = [...manifest.icons, ...manifest.screenshots].filter(({ src }) => src.endsWith(".png"));
  expect(pictures.length).toBeGreaterThan(3);
  for (const { src, sizes } of pictures) expect(sizeOf(src), src).toBe(sizes);
});
