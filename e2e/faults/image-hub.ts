import { parquetWriteBuffer } from "hyparquet-writer";
import type { BrowserContext } from "playwright";
import { encodeBitmap } from "../../src/engine/dataset/pixels/encoded-images.testing";
import { type HubServer, type Splits, startHubServer } from "../hub/hub-server";

const HUB = "https://huggingface.co";
const SIDE = 16;
const CLASSES = 5;

/**
 * The images of the trainings: 90 training images in two files, and 45 held-out ones in a third file of the same
 * length.
 */
export const images = { id: "some/pictures", perFile: 45 } as const;

/** Pictures with a color per class, all different. @param other for another set of pictures */
function pictures(from: number, count: number, other: number): Uint8Array {
  const numbers = Array.from({ length: count }, (_, i) => from + i);
  const paint = (number: number) =>
    encodeBitmap(SIDE, SIDE, (x, y) => {
      const label = number % CLASSES;
      return [(51 * label + 3 * x) % 256, (x * y + 7 * number) % 256, (20 * y + 90 * other) % 256, 255];
    });
  const columnData = [
    { name: "image", data: numbers.map(paint), type: "BYTE_ARRAY" as const },
    { name: "label", data: numbers.map((number) => number % CLASSES), type: "INT32" as const },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: "UNCOMPRESSED" }));
}

function splits(other: number): Splits {
  const file = (number: number) => pictures(number * images.perFile, images.perFile, other);
  return { train: [file(0), file(1)], test: [file(2)] };
}

/** Starts a fake hub with the images of the trainings, and other images under any other name. */
export function startImageHub(): Promise<HubServer> {
  const [own, others] = [splits(0), splits(1)];
  return startHubServer((id) => (id === images.id ? own : others));
}

/** Of three files, the first arrives completely and the second by half, so half of all. */
const SECOND = "/train/1";

/** Lets requests for the dataset get half of it, and no more until `mend` is called. */
export function breakAtHalf(hub: HubServer, id: string, mood: "stall" | "truncate") {
  hub.moodOf.set(`${id}${SECOND}`, mood);
  return {
    mend: () => {
      hub.moodOf.clear();
      hub.release();
    },
    /** How often the complete file was requested. */
    asked: () =>
      hub.asked.filter(({ method, path }) => method === "GET" && path.endsWith(`${id}/train/0`)).length,
  };
}

/** Redirects a browser's requests from the hub to the fake one. Answers are forwarded, complete or not. */
export async function leadToHub(context: BrowserContext, hub: HubServer): Promise<void> {
  await context.route(`${HUB}/**`, async (route) => {
    const request = route.request();
    const { range } = request.headers();
    const isHead = request.method() === "HEAD";
    const response = await fetch(hub.address + new URL(request.url()).pathname, {
      method: request.method(),
      headers: range === undefined ? {} : { range },
    });
    const isListing = response.headers.get("content-type") === "application/json";
    const content = await arrived(response);
    const body = isListing ? Buffer.from(content.toString().replaceAll(hub.address, HUB)) : content;
    const headers = Object.fromEntries([...response.headers].filter(([name]) => passedOn.has(name)));
    const length = isHead ? response.headers.get("content-length") : null;
    // A browser that was killed meanwhile cannot receive the answer.
    await route
      .fulfill({
        status: response.status,
        headers: { ...headers, ...(length !== null && { "content-length": length }) },
        body: isHead ? "" : body,
      })
      .catch(() => undefined);
  });
}

const passedOn = new Set(["access-control-allow-origin", "access-control-expose-headers", "etag"]);

async function arrived(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of response.body ?? []) parts.push(part);
  } catch {
    // Interrupted: the rest never arrives.
  }
  return Buffer.concat(parts);
}
