/** Milliseconds after which the page is cached: what this visit needs is loaded first. */
const DELAY_MS = 6_000;
/** Milliseconds between checks for a new version, for pages that stay open for days. */
const ASK_MS = 60 * 60 * 1_000;
/** A lock held by every tab that shows the page, so that each can tell whether it is the only one. */
const OPEN_TAB = "retort-open-tab";

/**
 * Caches the whole page for offline visits with the service worker that the build creates (vite.config.ts), and reports
 * new versions. A browser without service workers simply loads the page each time.
 */
export function keepForOffline(onRenewed: () => void): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.locks?.request(OPEN_TAB, { mode: "shared" }, () => new Promise(() => undefined));
  setTimeout(() => void keep(onRenewed).catch(() => undefined), DELAY_MS);
}

async function keep(onRenewed: () => void): Promise<void> {
  const registration = await navigator.serviceWorker.register("./service-worker.js", { scope: "./" });

  /** The new version's files are cached and wait to take over, which removes the current version's files. */
  async function settle(): Promise<void> {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    if (await isRenewed()) onRenewed();
    // A tab with the old version may still have parts to load.
    else if (await isOnlyTab()) registration.waiting?.postMessage({ type: "SKIP_WAITING" });
  }

  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed") void settle();
    });
  });
  void settle();
  setInterval(() => void registration.update().catch(() => undefined), ASK_MS);
}

/** Returns whether the server has a different version; false where it cannot be reached. */
async function isRenewed(): Promise<boolean> {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute("src");
  const answer = await fetch("./", { cache: "no-store" }).catch(() => undefined);
  if (!entry || !answer?.ok) return false;
  return !(await answer.text()).includes(entry);
}

async function isOnlyTab(): Promise<boolean> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  return locks?.held?.filter(({ name }) => name === OPEN_TAB).length === 1;
}
