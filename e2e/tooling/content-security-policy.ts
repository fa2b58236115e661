import type { Plugin } from "vite";

/** Where a visitor's click on "Fetch" leads: the hub, and the stores that it sends downloads on to. */
const downloads = ["https://huggingface.co", "https://*.huggingface.co", "https://*.hf.co"];

/**
 * What the built page may do. No `unsafe-eval`: nothing is compiled from text. No `wasm-unsafe-eval`: no WebAssembly
 * is loaded; a dependency that brings some needs it in `script-src`, and nothing more. `blob:` shows what was
 * made here: pictures for saving, and pasted images.
 */
const directives: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "worker-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "blob:", "data:"],
  "font-src": ["'self'"],
  "media-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "connect-src": ["'self'", ...downloads],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "object-src": ["'none'"],
};

export const contentSecurityPolicy = Object.entries(directives)
  .map(([directive, sources]) => [directive, ...sources].join(" "))
  .join("; ");

/** Writes the policy into the built page, so that it holds wherever that is hosted. While developing, Vite needs more. */
export function contentSecurityPolicyPlugin(): Plugin {
  const attrs = { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy };
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{ tag: "meta", attrs, injectTo: "head-prepend" }],
  };
}
