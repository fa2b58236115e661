import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { fetchAs, hubAccount } from "../driven-page/hub-passage";
import { smallModel } from "../fixtures/small-model";
import { type ModelHub, startModelHub } from "../hub/model-hub";
import { push, pushTarget } from "./push";
import { requireTeacher, wantedTeacher } from "./wanted-teacher";

let hub: ModelHub;
let revision = "";
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "retort-teacher-"));
  hub = await startModelHub("hf_secret");
  revision = hub.publish("some/one", { "onnx/model.onnx": smallModel() });
  hub.publish("some/two", { "onnx/a.onnx": smallModel(), "onnx/b.onnx": smallModel() });
  hub.publish("some/weights", { "model.safetensors": new Uint8Array(9) });
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const wanted = (word: string) => wantedTeacher(word, { HF_ENDPOINT: `${hub.address}/` });

test("what exists on the disk is meant first, then a model of the hub at its commit", async () => {
  const path = join(folder, "one");
  writeFileSync(path, "");
  expect(await wanted(path)).toEqual({ path });
  const found = { hub: { repository: "some/one", revision, path: "onnx/model.onnx" } };
  expect(await wanted("some/one")).toEqual(found);
  expect(await wanted("some/one:onnx/model.onnx")).toEqual(found);
  expect(await wanted("https://huggingface.co/some/one/blob/main/onnx/model.onnx")).toEqual(found);
});

test.each([
  ["nothing.onnx", /^There is nothing at nothing\.onnx: --teacher takes a file, a folder or owner\/name/],
  [
    "some/two",
    /some\/two has 2 models; choose one with --teacher some\/two:FILE, where FILE is one of onnx\/a\.onnx \([\d.]+ MB\), onnx\/b\.onnx \([\d.]+ MB\)\.$/,
  ],
  ["some/weights", /some\/weights has no ONNX file and no TensorFlow\.js model\.$/],
  ["some/one:model.onnx", /The hub has no some\/one:model\.onnx\.$/],
  [
    "models/mine.onnx",
    /^There is no file models\/mine\.onnx here, and on http:[^ ]+: models\/mine\.onnx does not exist/,
  ],
])("%s is refused in one sentence", async (word, sentence) => {
  await expect(wanted(word)).rejects.toThrow(sentence);
});

test("an experiment that learns from a model says which one to add", () => {
  const model = { hash: "0".repeat(64), name: "m.onnx", output: "features", side: 32 };
  const numbers = { mean: [0], deviation: [1], dimension: 8, macs: 1, parameters: 1 };
  const learning = (from: object) =>
    experimentOf({
      arms: [{ name: "Taught", scheme: { method: "seed" }, model: { ...model, ...numbers, ...from } }],
    });
  const ofHub = learning({ hub: "some/one:onnx/m.onnx", revision });
  expect(() => requireTeacher(ofHub, undefined)).toThrow(
    `The arm Taught learns from the model m.onnx (SHA-256 ${model.hash}): give it with --teacher some/one@${revision}:onnx/m.onnx.`,
  );
  expect(() => requireTeacher(learning({}), undefined)).toThrow(/give it with --teacher FILE\.$/);
  requireTeacher(ofHub, "m.onnx");
  requireTeacher(experimentOf({ arms: [{ name: "Alone", scheme: { method: "byol" } }] }), undefined);
});

test("what was pushed as private is found with the token only, which large files' store never sees", async () => {
  const account = { HF_ENDPOINT: hub.address, HF_TOKEN: "hf_secret" };
  const pushed = join(folder, "pushed");
  mkdirSync(pushed);
  writeFileSync(join(pushed, "model.onnx"), smallModel());
  await push(pushed, pushTarget("me/mine", account));
  await expect(wantedTeacher("me/mine", { HF_ENDPOINT: hub.address })).rejects.toThrow(/does not exist/);
  const found = await wantedTeacher("me/mine", account);
  expect(found).toMatchObject({ hub: { repository: "me/mine", path: "model.onnx" } });
  const content = `${hub.address}/me/mine/resolve/${"hub" in found && found.hub.revision}/model.onnx`;
  const response = await fetchAs(hubAccount(account))(content);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(smallModel());
});
