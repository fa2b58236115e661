/** Milliseconds after which the page is kept: what is loaded for this visit comes first. */
const DELAY_MS = 6_000;

/**
 * Keeps all of the page for visits without a network, by the service worker that the build makes (vite.config.ts). A
 * browser that cannot or may not simply loads the page anew each time.
 */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  setTimeout(() => {
    navigator.serviceWorker.register("./service-worker.js", { scope: "./" }).catch(() => undefined);
  }, DELAY_MS);
}
