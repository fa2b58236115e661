import { hostingHeaders, isolationHeaders } from "./hosting-headers";

/** Hosts of static files that the build can prepare its folder for. */
export const hosts = ["space", "pages", "netlify"] as const;
export type Host = (typeof hosts)[number];

interface HostFiles {
  /** Files by name, to be added to the built page. */
  readonly files: Readonly<Record<string, string>>;
  /** What this host does, and what it cannot. */
  readonly remark: string;
}

const headerLines = (headers: Readonly<Record<string, string>>, before: string, quote = "") =>
  Object.entries(headers).map(([name, value]) => `${before}${name}: ${quote}${value}${quote}`);

/**
 * A static Space of the Hugging Face hub reads its configuration from the head of its README
 * (https://huggingface.co/docs/hub/spaces-config-reference), which may set exactly these three headers.
 */
const spaceReadme = `---
title: Retort
emoji: ⚗️
colorFrom: indigo
colorTo: green
sdk: static
app_file: index.html
license: apache-2.0
short_description: Knowledge distillation in your browser tab
custom_headers:
${headerLines(
  // The Space is shown in a frame of another site.
  Object.fromEntries(
    Object.entries({ ...isolationHeaders, "Cross-Origin-Resource-Policy": "cross-origin" }).map(
      ([name, value]) => [name.toLowerCase(), value],
    ),
  ),
  "  ",
).join("\n")}
---

# Retort

Trains teachers and students in your browser tab and shows knowledge distillation as it happens.
`;

const all: Readonly<Record<Host, HostFiles>> = {
  space: {
    files: { "README.md": spaceReadme },
    remark:
      "Push dist/ to a Space of the Hugging Face hub: at its own address it is isolated, so WebAssembly trains in several threads. The hub sets no Content-Security-Policy; the page's own holds, but not in its workers.",
  },
  netlify: {
    files: { _headers: `/*\n${headerLines(hostingHeaders, "  ").join("\n")}\n` },
    remark:
      "Deploy dist/ to Netlify or Cloudflare Pages, which read _headers: all recommended headers are sent.",
  },
  pages: {
    // Without it, files whose names begin with an underscore would be left out.
    files: { ".nojekyll": "" },
    remark:
      "Push dist/ to GitHub Pages, which cannot send headers: the page is not isolated, so without a GPU it trains in one thread, and its workers have no Content-Security-Policy. WebGPU is unaffected.",
  },
};

export const filesFor = (host: Host): HostFiles => all[host];
