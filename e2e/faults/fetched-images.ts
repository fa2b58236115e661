import type { HubServer } from "../hub/hub-server";
import { breakAtHalf, images } from "./image-hub";
import type { Fault } from "./schedule";
import { strike, withoutRoom } from "./strikes";
import type { Visit } from "./visit";

const POLL_MS = 100;
const PATIENCE_MS = 120_000;
/** An interrupted download is retried automatically after a second, then after longer intervals. */
const OWN_TRY_MS = 4_000;

async function ask({ driven }: Visit, id: string): Promise<void> {
  await driven.showOwnImages();
  await driven.page.getByLabel("Name of a dataset on the hub").fill(id);
  await driven.page.getByLabel("Maximum images per part").fill("0");
  await fetchButton(driven).click();
}

const fetchButton = ({ page }: Visit["driven"]) => page.getByRole("button", { name: "Fetch", exact: true });

/**
 * Waits until the images have arrived, requesting them again if necessary. Returns the number of further requests.
 */
async function untilHere(visit: Visit, id: string): Promise<number> {
  const { page } = visit.driven;
  const here = page.getByRole("heading", { name: `${id} loaded` });
  const loading = page.locator(".dataset-loading");
  let idleSince = Date.now();
  let asked = 0;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const isHere = await here.isVisible();
    if (isHere && !(await loading.isVisible())) return asked;
    if (await loading.isVisible()) idleSince = Date.now();
    if (Date.now() - idleSince > OWN_TRY_MS) {
      await ask(visit, id);
      asked++;
      idleSince = Date.now();
    }
    await page.waitForTimeout(POLL_MS);
  }
  throw new Error(`“${id}” does not arrive.`);
}

/** Fetches the training images like a visitor. */
export async function fetchImages(visit: Visit): Promise<void> {
  await ask(visit, images.id);
  await untilHere(visit, images.id);
}

const until = async (isSo: () => boolean, what: string) => {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(what);
};

/**
 * Fetches the images, with a fault after half of them.
 * @returns how often the visitor had to request them again
 * @throws Error if files that arrived before the fault are fetched again
 */
export async function fetchThrough(visit: Visit, hub: HubServer, { kind }: Fault): Promise<number> {
  const broken = breakAtHalf(hub, images.id, kind === "download" ? "truncate" : "stall");
  const failure = visit.driven.page.getByRole("heading", { name: "The images could not be fetched" });
  // An engine that has just started has no device yet.
  await visit.driven.sentence.filter({ hasText: /^Ready/ }).waitFor({ timeout: PATIENCE_MS });
  await ask(visit, images.id);
  if (kind === "download") await failure.waitFor({ timeout: PATIENCE_MS });
  else await until(() => hub.stalled() > 0, "The download does not come to its half.");
  if (kind === "kill") await visit.killed();
  else if (kind === "quota") {
    await withoutRoom(visit.driven.page, async () => {
      broken.mend();
      await failure.waitFor({ timeout: PATIENCE_MS });
    });
  } else if (kind !== "download") await strike(visit.driven, kind);
  broken.mend();
  const again = await untilHere(visit, images.id);
  if (broken.asked() > 1) throw new Error("Images that had arrived were fetched again.");
  return again;
}

/** Fetches other images during training, with a short network failure after half of them. */
export async function fetchOthers(visit: Visit, hub: HubServer, id: string): Promise<number> {
  const broken = breakAtHalf(hub, id, "stall");
  await ask(visit, id);
  await until(() => hub.stalled() > 0, "The download does not come to its half.");
  broken.mend();
  const again = await untilHere(visit, id);
  if (broken.asked() > 1) throw new Error("Images that had arrived were fetched again.");
  return again;
}
