/** Reads HEIC images (ISO/IEC 23008-12), the photos of many phones, by libheif, which is loaded with the first one. */
import { library, type Opened, orUnread, unread } from "./opened";

const brandAt = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The brands of an ISO media file, the major one first. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  if (bytes.length < 16 || brandAt(bytes, 4) !== "ftyp") return [];
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const end = Math.min(length, bytes.length, 256);
  const brands = [brandAt(bytes, 8)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(brandAt(bytes, at));
  return brands;
}

const ofHeic = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);
const ofAvif = new Set(["avif", "avis"]);

/** Images of both kinds may begin with a brand that only says that they are images. */
export function isHeic(bytes: Uint8Array): boolean {
  const brands = brandsOf(bytes);
  if (brands.some((brand) => ofHeic.has(brand))) return true;
  return brands[0] === "mif1" && !brands.some((brand) => ofAvif.has(brand));
}

export const isAvif = (bytes: Uint8Array): boolean =>
  !isHeic(bytes) && brandsOf(bytes).some((brand) => ofAvif.has(brand));

interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(
    into: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number },
    done: (shown: unknown) => void,
  ): void;
  free?(): void;
}

interface Heif {
  readonly HeifDecoder: new () => { decode(bytes: Uint8Array): readonly HeifImage[] };
}

let loading: Promise<Heif> | undefined;

async function load(): Promise<Heif> {
  const [{ default: start }, { default: binary }] = await Promise.all([
    import("libheif-js/libheif-wasm/libheif.js"),
    import("libheif-js/libheif-wasm/libheif.wasm?url"),
  ]);
  const wasmBinary = await (await fetch(binary)).arrayBuffer();
  return (await start({ wasmBinary })) as unknown as Heif;
}

/** Opens the first image, with its rotation applied. Throws a `Rejection`. */
export async function openHeic(bytes: Uint8Array): Promise<Opened> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined;
  });
  const started = loading;
  const { HeifDecoder } = await library("HEIC", () => started);
  const images = await orUnread("HEIC", () => new HeifDecoder().decode(bytes));
  const [image] = images;
  if (!image) throw unread("HEIC");
  const [width, height] = [image.get_width(), image.get_height()];
  const read = async () => {
    const pixels = new Uint8ClampedArray(4 * width * height);
    const shown = await orUnread(
      "HEIC",
      () => new Promise((done) => image.display({ data: pixels, width, height }, done)),
    );
    for (const each of images) each.free?.();
    if (!shown) throw unread("HEIC");
    return { width, height, channels: 4 as const, pixels: new Uint8Array(pixels.buffer) };
  };
  return { width, height, read };
}
