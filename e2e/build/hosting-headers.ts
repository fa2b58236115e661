import { workerSecurityPolicy } from "./content-security-policy.ts";

/** Cross-origin isolation: shared memory for WASM threads, and precise timers. */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;

/** What docs/hosting.md recommends. A worker follows the policy that comes with its own file, not the page's. */
export const hostingHeaders = {
  ...isolationHeaders,
  "Content-Security-Policy": workerSecurityPolicy,
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
} as const;
