import type { Page } from "playwright";

/** The kernel of each convolution that the page has chosen by timing, on a GPU; empty where nothing was timed. */
export type ChosenKernels = Readonly<Record<string, string>>;

/**
 * Reads what the page's engine has stored in this browser (src/engine/device/kernel-tuning.ts). No function in it has a
 * name: tsx would call a helper that the page does not have.
 */
export const chosenKernels = (page: Page): Promise<ChosenKernels> =>
  page.evaluate(async () => {
    const name = "retort-kernels";
    // Opening one that is not there would make it.
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return {};
    const adapters = await new Promise<{ table: ChosenKernels }[]>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction("adapters").objectStore("adapters").getAll();
        reading.onerror = () => reject(reading.error);
        reading.onsuccess = () => {
          opening.result.close();
          resolve(reading.result);
        };
      };
    });
    return Object.assign({}, ...adapters.map(({ table }) => table)) as ChosenKernels;
  });

/** The first two that have chosen different kernels for the same convolution; undefined if there are none. */
export function differingKernels(
  shards: readonly { readonly index: number; readonly kernels: ChosenKernels }[],
): readonly [number, number] | undefined {
  const first = new Map<string, { index: number; kernel: string }>();
  for (const { index, kernels } of shards) {
    for (const [convolution, kernel] of Object.entries(kernels)) {
      const known = first.get(convolution);
      if (known && known.kernel !== kernel) return [known.index, index];
      if (!known) first.set(convolution, { index, kernel });
    }
  }
  return undefined;
}
