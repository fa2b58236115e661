import type { Page } from "playwright";

/** The kernel of each convolution that the page has chosen by timing, on a GPU; empty where nothing was timed. */
export type ChosenKernels = Readonly<Record<string, string>>;

/** Reads what the page's engine has stored in this browser (src/engine/device/kernel-tuning.ts). */
export const chosenKernels = (page: Page): Promise<ChosenKernels> =>
  page.evaluate(async () => {
    const name = "retort-kernels";
    // Opening one that is not there would make it.
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return {};
    const answer = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await answer(indexedDB.open(name));
    const adapters: { table: ChosenKernels }[] = await answer(
      database.transaction("adapters").objectStore("adapters").getAll(),
    );
    database.close();
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
