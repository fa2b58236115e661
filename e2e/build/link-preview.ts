import type { HtmlTagDescriptor, Plugin } from "vite";

/** Size of public/preview.png in pixels, which link previews show without cropping. */
export const previewSize = { width: 1_200, height: 630 } as const;
const ALT = "Retort: curves of four ways to train a small network, with and without a teacher";

/**
 * Adds the metadata for link previews, which run no script and resolve no relative addresses: a build with a given
 * address (`SITE_ADDRESS=https://…/ npm run build`) states absolute addresses of its picture and itself.
 *
 * @throws if the given address is not that of a folder
 */
export function linkPreviewTags(siteAddress: string | undefined): HtmlTagDescriptor[] {
  const meta = (property: string, content: string): HtmlTagDescriptor => {
    return { tag: "meta", attrs: { property, content }, injectTo: "head" };
  };
  // The picture's properties have to follow it.
  const described = [
    meta("og:image:type", "image/png"),
    meta("og:image:width", String(previewSize.width)),
    meta("og:image:height", String(previewSize.height)),
    meta("og:image:alt", ALT),
  ];
  if (siteAddress === undefined || siteAddress === "") return [meta("og:image", "preview.png"), ...described];
  const site = URL.parse(siteAddress);
  if (!site || !/^https?:$/.test(site.protocol) || !site.pathname.endsWith("/")) {
    throw new Error(
      `SITE_ADDRESS is "${siteAddress}"; allowed is an address like https://example.org/retort/`,
    );
  }
  const picture = new URL("preview.png", site).href;
  return [
    meta("og:image", picture),
    ...described,
    meta("og:url", site.href),
    { tag: "meta", attrs: { name: "twitter:image", content: picture }, injectTo: "head" },
    { tag: "link", attrs: { rel: "canonical", href: site.href }, injectTo: "head" },
  ];
}

export function linkPreviewPlugin(): Plugin {
  return {
    name: "link-preview",
    apply: "build",
    transformIndexHtml: () => linkPreviewTags(process.env["SITE_ADDRESS"]),
  };
}
