import { expect, test } from "vitest";
import { type EngineClient, RequestFailed } from "../client/engine-client";
import type { DatasetProblem } from "../protocol/dataset";
import { defaultExperiment } from "../protocol/experiment";
import type { Request } from "../protocol/messages";
import { createAppStore } from "./app-store";
import { createExperimentActions } from "./experiment/experiment-actions";
import { createImageActions } from "./image-actions";

/** A page whose engine takes a selection of two files or more for a dataset. */
function page() {
  const readings: (string | undefined)[] = [];
  const client = {
    request: async (request: Request) => {
      if (request.type !== "load-files")
        throw new RequestFailed({ kind: "cancelled", title: "", cause: "", action: "" });
      const { settings, entries } = request;
      readings.push(settings.reading);
      const problem: DatasetProblem = {
        kind: "single-class",
        className: "a",
        title: "",
        cause: "",
        action: "",
      };
      if (entries.length < 2)
        throw new RequestFailed({ kind: "dataset", problem, title: "", cause: "", action: "" });
      return { type: "dataset", summary: { name: settings.name, hash: String(entries.length).repeat(64) } };
    },
  } as unknown as EngineClient;
  const store = createAppStore({ experiment: defaultExperiment() });
  const images = createImageActions(store, client);
  const actions = createExperimentActions(store, images as never);
  return { store, actions, readings };
}

const file = (path: string) => ({ path, file: new Blob([]) });

test("files are read in the way that was chosen, until others are dropped", async () => {
  const { store, actions, readings } = page();
  await actions.takeFiles("mine", [file("a"), file("b")]);
  await actions.readFilesAs({ add: "once" });
  await actions.readFilesAs({ add: "folders" });
  expect(store.getState().experiment.dataset).toMatchObject({ reading: "folders+once" });
  await actions.readFilesAs({ drop: "once" });
  await actions.takeFiles("other", [file("c"), file("d")]);
  expect(readings).toEqual([undefined, "once", "folders+once", "folders", undefined]);
});

test("a selection that was refused can be read in another way, and leaves the experiment as it is meanwhile", async () => {
  const { store, actions, readings } = page();
  const before = store.getState().experiment;
  await actions.takeFiles("mine", [file("a")]);
  await actions.readFilesAs({ add: "names" });
  expect(readings).toEqual([undefined, "names"]);
  expect(store.getState().experiment).toBe(before);
});

test("classes that are dropped one after the other are added up", async () => {
  const { store, actions } = page();
  await actions.takeFiles("mug", [file("mug.zip")]);
  await actions.takeFiles("phone", [file("phone.zip")]);
  await actions.addRefused();
  await actions.takeFiles("nobody", [file("nobody.zip")]);
  expect(store.getState().dataset.earlier?.files).toHaveLength(2);
  await actions.addRefused();
  const { files, refused, failure } = store.getState().dataset;
  expect(files?.map(({ path }) => path)).toEqual(["mug.zip", "phone.zip", "nobody.zip"]);
  expect([refused, failure]).toEqual([undefined, undefined]);
});
