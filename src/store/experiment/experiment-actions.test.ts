import { expect, test } from "vitest";
import { defaultDataset, defaultExperiment } from "../../protocol/experiment";
import { createAppStore } from "../app-store";
import { createExperimentActions } from "./experiment-actions";

const [ours, theirs] = ["a".repeat(64), "b".repeat(64)] as const;

/** A page opened by a link to somebody's images, after the visitor has loaded their own. */
function pageWith(linked: string | undefined, loadedBefore?: string) {
  const dataset = { ...defaultDataset("files"), ...(linked && { hash: linked }) };
  const loaded = (hash: string) => ({ settings: dataset, summary: { hash } as never });
  const store = createAppStore({
    experiment: { ...defaultExperiment(), dataset },
    dataset: { gallery: [], ...(loadedBefore && { loaded: loaded(loadedBefore) }) },
  });
  const load = async () => store.setState({ dataset: { gallery: [], loaded: loaded(ours) } });
  return { store, actions: createExperimentActions(store, { load } as never) };
}

test.each([
  ["the author's images", ours, undefined, undefined],
  ["images other than the author's", theirs, undefined, true],
  ["images other than the visitor's previous ones", theirs, theirs, undefined],
  ["images for a link without any", undefined, undefined, undefined],
] as const)(
  "%s are dropped: the page says whether results can be the same",
  async (_, linked, before, differs) => {
    const { store, actions } = pageWith(linked, before);
    await actions.takeFiles("mine", []);
    expect(store.getState().dataset.differs).toBe(differs);
    expect(store.getState().experiment.dataset).toMatchObject({ source: "files", name: "mine", hash: ours });
  },
);

test.each([
  ["the author's images", ours, undefined],
  ["images other than the author's", theirs, true],
] as const)(
  "%s are fetched by the link's name: the page says whether results can be the same",
  async (_, linked, differs) => {
    const { store, actions } = pageWith(linked);
    await actions.fetchDataset("some/set", "Set", 0);
    expect(store.getState().dataset.differs).toBe(differs);
    expect(store.getState().experiment.dataset).toMatchObject({ source: "files", hub: "some/set" });
  },
);

test.each(["shapes", "files"] as const)(
  "a resolution chosen while files are read, beside %s, is the files' resolution",
  async (source) => {
    const dataset = { ...defaultDataset(source), resolution: 16 };
    const store = createAppStore({ experiment: { ...defaultExperiment(), dataset } });
    const actions = createExperimentActions(store, {
      load: async () => {
        actions.changeSource("files");
        actions.set(["dataset", "resolution"], 32);
        actions.set(["dataset", "perClass"], 7);
        store.setState({
          dataset: { gallery: [], loaded: { settings: dataset, summary: { hash: ours } as never } },
        });
      },
    } as never);
    await actions.takeFiles("mine", []);
    const { dataset: now } = store.getState().experiment;
    expect(now).toMatchObject({ source: "files", name: "mine", resolution: 32, perClass: 7 });
    expect(now).not.toHaveProperty("hash");
  },
);

test("what is not changed while files are read stays as it was for the files before", async () => {
  const dataset = { ...defaultDataset("files"), perClass: 7, resolution: 20 };
  const store = createAppStore({ experiment: { ...defaultExperiment(), dataset } });
  const load = async () =>
    store.setState({
      dataset: { gallery: [], loaded: { settings: dataset, summary: { hash: ours } as never } },
    });
  await createExperimentActions(store, { load } as never).takeFiles("mine", []);
  expect(store.getState().experiment.dataset).toMatchObject({ perClass: 7, resolution: 20, hash: ours });
});
