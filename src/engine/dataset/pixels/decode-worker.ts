import { Rejection } from "../rejection";
import { createDecoder, type Decode } from "./decode";
import type { DecodeAnswer, DecodeOrder } from "./decode-pool";

/** A worker that decodes groups of files for the engine. Any unexpected error ends it, and the engine does its work. */

let decoder: { readonly size: number; readonly decode: Decode } | undefined;

async function answer({ id, size, files }: DecodeOrder): Promise<void> {
  if (decoder?.size !== size) decoder = { size, decode: createDecoder(size) };
  const { decode } = decoder;
  const bytes = size * size * 3;
  const pixels = new Uint8Array(files.length * bytes);
  const rejections: DecodeAnswer["rejections"][number][] = [];
  await Promise.all(
    files.map(async (file, at) => {
      try {
        await decode(file, pixels.subarray(at * bytes, (at + 1) * bytes));
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        rejections.push([at, error.reason, error.detail]);
      }
    }),
  );
  postMessage({ id, pixels, rejections } satisfies DecodeAnswer, { transfer: [pixels.buffer] });
}

addEventListener("message", ({ data }: MessageEvent<DecodeOrder>) => {
  answer(data).catch((error: unknown) => reportError(error));
});
