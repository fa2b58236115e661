/**
 * Keeps the page for visits without a network. A browser that cannot or may not simply loads it anew each time.
 */
export async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("./service-worker.js", { scope: "./" });
    const { active } = await navigator.serviceWorker.ready;
    const keep = (addresses: readonly string[]) => active?.postMessage({ type: "keep", addresses });
    keep([new URL("./", window.location.href).href, ...(await filesOfBuild().catch(() => []))]);
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

interface BuiltFile {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

/** Every file of the page, also of parts that nobody has opened yet: without a network they could not be loaded. */
async function filesOfBuild(): Promise<string[]> {
  const answer = await fetch("./files.json");
  if (!answer.ok) return [];
  const files = Object.values((await answer.json()) as Readonly<Record<string, BuiltFile>>);
  const names = files.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  return [...new Set(names)].map((name) => new URL(name, window.location.href).href);
}
