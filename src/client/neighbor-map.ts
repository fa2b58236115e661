/** Input of the worker that computes neighborhood maps. */
export interface MapRequest {
  /** [images, dimensions], row by row. */
  readonly places: readonly number[];
  readonly dimensions: number;
}

export type MapMessage =
  | { readonly type: "progress"; readonly share: number }
  /** x and y of each image in turn, within the unit circle. */
  | { readonly type: "map"; readonly map: readonly number[] };

/**
 * UMAP (McInnes et al. 2018) in its own worker, from a fixed seed: the same input always gives the same map.
 * @throws when the worker cannot be loaded or fails, and AbortError after `signal`
 */
export function neighborMap(
  asked: MapRequest,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const worker = new Worker(new URL("./neighbor-map-worker.ts", import.meta.url), {
    type: "module",
    name: "map",
  });
  const done = new Promise<readonly number[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<MapMessage>) => {
      if (data.type === "map") resolve(data.map);
      else onProgress(data.share);
    };
    worker.onerror = (event) => reject(new Error(event.message || "The map could not be computed."));
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  worker.postMessage(asked);
  return done.finally(() => worker.terminate());
}
