import { type EngineClient, RequestFailed } from "../client/engine-client";
import type { DatasetPart, FileEntry, GallerySample } from "../protocol/dataset";
import type { DatasetSettings, Experiment } from "../protocol/experiment";
import type { InspectedMoment, Look, RunId } from "../protocol/messages";
import type { RefusedImage, Tried, TriedImage } from "../protocol/tried";
import { type AppStore, without } from "./app-store";
import { type DatasetState, sameImages } from "./dataset-state";
import { failureOf, noFiles, notFetched } from "./failures";

/** Number of samples per class in the gallery, and of images whose views are previewed. */
const GALLERY_PER_CLASS = 6;
const PREVIEW_CLASSES = 5;

/** Files sent to the engine per message: a hundred thousand at once would block the page for half a second. */
const FILES_AT_ONCE = 2_000;

/** After two selections that were refused in a row, the page offers to combine them. */
function refusedNow(
  { refused, files: held, loaded }: DatasetState,
  name: string,
  files: readonly FileEntry[],
) {
  const isAgain = refused?.files === files;
  const before = refused ?? (held && loaded && { name: loaded.summary.name, files: held });
  return { refused: { name, files }, ...(before && !isAgain && { earlier: before }) };
}

/** The page's requests to the engine about images: loading and showing them. */
export function createImageActions(store: AppStore, client: EngineClient) {
  let loading: AbortController | undefined;
  /** The load whose end `loading` waits for. */
  let underWay = Promise.resolve();
  /** The load that the visitor asked for last. */
  let askedFor = Promise.resolve();
  let previewed = 0;

  const setDataset = (change: (dataset: DatasetState) => DatasetState) =>
    store.setState(({ dataset }) => ({ dataset: change(dataset) }));

  /** Loads what the visitor asks for. @throws RequestFailed; a previously loaded dataset stays unchanged */
  function load(settings: DatasetSettings, files: readonly FileEntry[] | undefined): Promise<void> {
    underWay = askedFor = startLoading(
      settings,
      files,
      files && { chosenBeside: store.getState().experiment.dataset.source },
    );
    return underWay;
  }

  const listed = () =>
    new Promise<void>((resolve) => {
      const see = ({ dataset }: { readonly dataset: DatasetState }) => {
        if (dataset.listing) return;
        end();
        resolve();
      };
      const end = store.subscribe(see);
      see(store.getState());
    });

  /** Waits for what the visitor has asked for: the images that the settings still name must not replace it. */
  async function afterAskedFor(): Promise<void> {
    await listed();
    for (let last: unknown; last !== askedFor; ) {
      last = askedFor;
      await askedFor.catch(() => undefined);
    }
  }

  /** @throws RequestFailed */
  async function startLoading(
    settings: DatasetSettings,
    files: readonly FileEntry[] | undefined,
    origin: Pick<NonNullable<DatasetState["loading"]>, "chosenBeside"> = {},
  ): Promise<void> {
    loading?.abort();
    const controller = new AbortController();
    loading = controller;
    setDataset((dataset) => ({ ...without(dataset, "failure"), loading: { settings, ...origin } }));
    const options = {
      signal: controller.signal,
      onProgress: (progress: NonNullable<DatasetState["loading"]>["progress"]) =>
        setDataset((dataset) =>
          progress && loading === controller
            ? { ...dataset, loading: { settings, ...origin, progress } }
            : dataset,
        ),
    };
    try {
      const request = await handedOver(loadRequest(settings, files), controller.signal);
      const { summary } = await client.request(request, options);
      setDataset((dataset) => ({
        ...without(dataset, "loading", "failure", "differs", "refused", "earlier"),
        loaded: { settings, summary },
        gallery: [],
        ...(files && { files }),
      }));
      nameContent(settings, summary.hash);
    } catch (error) {
      const failure = failureOf(error);
      const superseded = loading !== controller;
      if (!superseded) {
        setDataset((dataset) => ({
          ...without(dataset, "loading"),
          ...(failure.kind !== "cancelled" && { failure }),
          ...(failure.kind === "dataset" &&
            files &&
            refusedNow(dataset, "name" in settings ? settings.name : "", files)),
        }));
      }
      throw error;
    } finally {
      if (loading === controller) loading = undefined;
    }
    void showGallery();
  }

  /** @throws RequestFailed for images that are not loaded and may not be fetched */
  function loadRequest(settings: DatasetSettings, files: readonly FileEntry[] | undefined) {
    if (settings.source !== "files") return { type: "load-drawn", settings } as const;
    const { fetched } = store.getState().dataset;
    if (settings.hub && settings.hub === fetched) return { type: "load-download", settings } as const;
    if (settings.hub) throw new RequestFailed(notFetched(settings.hub));
    if (!files) throw new RequestFailed(noFiles(settings.name));
    return { type: "load-files", settings, entries: files } as const;
  }

  /** The request with the last of its files; the others have been sent to the engine before. @throws RequestFailed */
  async function handedOver(request: ReturnType<typeof loadRequest>, signal: AbortSignal) {
    if (request.type !== "load-files" || request.entries.length <= FILES_AT_ONCE) return request;
    const { entries } = request;
    let from = 0;
    for (; entries.length - from > FILES_AT_ONCE; from += FILES_AT_ONCE) {
      const part = entries.slice(from, from + FILES_AT_ONCE);
      await client.request({ type: "hand-files", entries: part, from }, { signal });
    }
    return { ...request, entries: entries.slice(from), from };
  }

  /** A link to the visitor's images contains their hash, so that recipients can compare theirs. */
  function nameContent(settings: DatasetSettings, hash: string): void {
    const { experiment } = store.getState();
    const { dataset } = experiment;
    if (dataset.source !== "files" || dataset.hash || !sameImages(settings, dataset)) return;
    store.setState({ experiment: { ...experiment, dataset: { ...dataset, hash } } });
  }

  async function showGallery(): Promise<void> {
    try {
      const { samples } = await client.request({
        type: "sample-gallery",
        part: "train",
        perClass: GALLERY_PER_CLASS,
      });
      setDataset((dataset) => ({ ...dataset, gallery: samples }));
      await preview();
    } catch {
      // The gallery is optional: the dataset itself is loaded, and training will report problems with it.
    }
  }

  /** @throws RequestFailed */
  async function ensureDataset(): Promise<void> {
    const { experiment, dataset } = store.getState();
    // Concurrent requests for the same images share one load: starting another would fail the first.
    if (dataset.loading && sameImages(dataset.loading.settings, experiment.dataset)) return underWay;
    if (dataset.loaded && sameImages(dataset.loaded.settings, experiment.dataset) && !dataset.loading) return;
    underWay = startLoading(experiment.dataset, dataset.files);
    await underWay;
  }

  /** The views of the first gallery images, with the recipes of the edited experiment. */
  async function preview(): Promise<void> {
    const { dataset, experiment, previewRoll: roll } = store.getState();
    const images = dataset.gallery.filter(
      ({ label }, at, all) => label < PREVIEW_CLASSES && all.findIndex((s) => s.label === label) === at,
    );
    const indices = images.map(({ index }) => index);
    if (indices.length === 0) return;
    const wanted = ++previewed;
    // The two views of an image are drawn independently, as in training.
    const ask = (recipe: Experiment["views"]["first"], view: 0 | 1) =>
      client.request({ type: "preview-views", recipe, indices, roll: 2 * roll + view });
    try {
      const { first: one, second: other } = experiment.views;
      const [first, second] = await Promise.all([ask(one, 0), ask(other, 1)]);
      if (wanted === previewed) {
        store.setState({ preview: { images, first: first.views, second: second.views } });
      }
    } catch {
      // Like the gallery, the preview is optional.
    }
  }

  /** Training or held-out images of the training shown; none where other images are loaded now. */
  async function showImages(
    part: DatasetPart,
    indices: readonly number[],
  ): Promise<readonly GallerySample[]> {
    const { run, dataset } = store.getState();
    const { loaded } = dataset;
    if (!run.experiment || !loaded || !sameImages(run.experiment.dataset, loaded.settings)) return [];
    try {
      return (await client.request({ type: "show-images", part, indices })).samples;
    } catch {
      return [];
    }
  }

  /** The networks' current answers for a training image; undefined where they cannot be asked any more. */
  async function look(runId: RunId, index: number, roll: number): Promise<Look | undefined> {
    try {
      return (await client.request({ type: "look", runId, index, roll })).look;
    } catch {
      return undefined;
    }
  }

  /** The encoders' current predictions for held-out images; undefined where they cannot be asked any more. */
  async function inspect(runId: RunId): Promise<InspectedMoment | undefined> {
    try {
      return (await client.request({ type: "inspect", runId })).inspected;
    } catch {
      return undefined;
    }
  }

  /** The networks' answers to an image; undefined where they cannot be asked any more. */
  async function tryImage(asked: TriedImage): Promise<Tried | RefusedImage | undefined> {
    try {
      return (await client.request({ type: "try-image", ...asked })).tried;
    } catch {
      return undefined;
    }
  }

  return {
    tryImage,
    setDataset,
    look,
    inspect,
    load,
    afterAskedFor,
    ensureDataset,
    showGallery,
    preview,
    reroll: () => {
      store.setState(({ previewRoll }) => ({ previewRoll: previewRoll + 1 }));
      return preview();
    },
    showImages,
    cancelLoading: () => loading?.abort(),
  };
}
