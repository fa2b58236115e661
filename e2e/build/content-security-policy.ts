import type { Plugin } from "vite";

/**
 * Origins contacted after a click on "Fetch" or "List its models": the hub and the stores to which it redirects downloads, such as
 * cdn-lfs.huggingface.co, cdn-lfs-us-1.hf.co and cas-bridge.xethub.hf.co.
 */
const downloads = ["https://huggingface.co", "https://*.huggingface.co", "https://*.hf.co"];

type Directives = Readonly<Record<string, readonly string[]>>;

/**
 * The built page's policy. No `unsafe-eval`: nothing is compiled from text, and the page itself loads no WebAssembly.
 * `blob:` is for content created on the page: pictures to save, and pasted images.
 */
const directives: Directives = {
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

/** Additions for its worker, which trains by WebAssembly if there is no GPU, in threads started from a blob. */
const workerDirectives: Directives = {
  ...directives,
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "worker-src": ["'self'", "blob:"],
};

const policyOf = (given: Directives) =>
  Object.entries(given)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");

const contentSecurityPolicy = policyOf(directives);

/** The header for every file: a page obeys both this and its built-in policy, a worker only this one. */
export const workerSecurityPolicy = policyOf(workerDirectives);

/** Writes the policy into the built page, so that it applies on any host. In development, Vite needs a wider one. */
export function contentSecurityPolicyPlugin(): Plugin {
  const attrs = { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy };
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{ tag: "meta", attrs, injectTo: "head-prepend" }],
  };
}
