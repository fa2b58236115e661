/**
 * A second visit needs no network: the page and what it has loaded are kept in this browser. Files under assets/ carry
 * their content in their names and never change; everything else is asked for anew, and kept for when that fails.
 */
const CACHE = "retort-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(request, response) {
  if (response.ok && response.type === "basic") {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}

async function kept(request, options) {
  const cache = await caches.open(CACHE);
  // Servers vary their answers by origin, and there is only one here.
  return cache.match(request, { ignoreVary: true, ...options });
}

async function unchanging(request) {
  return (await kept(request)) ?? keep(request, await fetch(request));
}

async function newest(request) {
  try {
    return await keep(request, await fetch(request));
  } catch (error) {
    // The page is the same whatever its address asks for.
    const found =
      (await kept(request)) ??
      (request.mode === "navigate" ? await kept("./", { ignoreSearch: true }) : undefined);
    if (found) return found;
    throw error;
  }
}

/** The first visit has loaded its files before anything could keep them: the page names them. */
self.addEventListener("message", (event) => {
  if (event.data?.type !== "keep") return;
  const requests = event.data.addresses.map((address) => new Request(address));
  event.waitUntil(Promise.allSettled(requests.map((request) => unchanging(request))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  event.respondWith(pathname.includes("/assets/") ? unchanging(request) : newest(request));
});
