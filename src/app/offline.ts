/** Milliseconds after which the page is kept: what is loaded for this visit comes first. */
const DELAY_MS = 6_000;
/** A page that stays open for days asks this often whether there is a newer one. */
const ASK_MS = 60 * 60 * 1_000;
/** Held by every tab that shows the page, so that each can tell whether it is the only one. */
const OPEN_TAB = "retort-open-tab";

/**
 * Keeps all of the page for visits without a network, by the service worker that the build makes (vite.config.ts), and
 * says when a newer page is on the server. A browser that cannot or may not simply loads the page anew each time.
 */
export function keepForOffline(onRenewed: () => void): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.locks?.request(OPEN_TAB, { mode: "shared" }, () => new Promise(() => undefined));
  setTimeout(() => void keep(onRenewed).catch(() => undefined), DELAY_MS);
}

async function keep(onRenewed: () => void): Promise<void> {
  const registration = await navigator.serviceWorker.register("./service-worker.js", { scope: "./" });

  /** Another page's files are kept, and wait to take over: those of this page go then. */
  async function settle(): Promise<void> {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    if (await isRenewed()) onRenewed();
    // A tab with the page of before may have parts of it still to load.
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

/** Whether the server has another page than this one; not where it cannot be asked. */
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
