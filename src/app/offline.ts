/**
 * Keeps the page for visits without a network. A browser that cannot or may not simply loads it anew each time.
 */
export async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("./service-worker.js", { scope: "./" });
    const { active } = await navigator.serviceWorker.ready;
    const keep = (addresses: readonly string[]) => active?.postMessage({ type: "keep", addresses });
    keep([new URL("./", window.location.href).href]);
    new PerformanceObserver((list) => keep(ownAddresses(list.getEntries()))).observe({
      type: "resource",
      buffered: true,
    });
  } catch {
    // The page works without.
  }
}

/** What was loaded from the page's own place: the first visit does so before anything could keep it. */
function ownAddresses(entries: PerformanceEntryList): string[] {
  const page = new URL("./", window.location.href).href;
  return entries.map(({ name }) => name).filter((address) => address.startsWith(page));
}
