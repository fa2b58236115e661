import type { Plugin } from "vite";

/** Where a visitor's click on "Fetch" leads: the hub, and the stores that it sends downloads on to. */
const downloads = ["https://huggingface.co", "https://*.huggingface.co", "https://*.hf.co"];

type Directives = Readonly<Record<string, readonly string[]>>;

/**
 * What the built page may do. No `unsafe-eval`: nothing is compiled from text, and the page itself loads no WebAssembly.
 * `blob:` shows what was made here: pictures for saving, and pasted images.
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

/** What its worker may do besides: train by WebAssembly where there is no GPU, in threads that start from a blob. */
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

/** To be sent with every file: a page keeps to this and to the one written into it, a worker to this one. */
export const workerSecurityPolicy = policyOf(workerDirectives);

/** Writes the policy into the built page, so that it holds wherever that is hosted. While developing, Vite needs more. */
export function contentSecurityPolicyPlugin(): Plugin {
  const attrs = { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy };
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{ tag: "meta", attrs, injectTo: "head-prepend" }],
  };
}
