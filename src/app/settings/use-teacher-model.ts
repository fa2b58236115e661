import { useRef, useState } from "react";
import type { FileEntry } from "../../protocol/dataset";
import type { HubAddress, HubListing, WantedHubModel } from "../../protocol/hub-models";
import type { AskedModel, CheckedModel, DescribedModel, TeacherModel } from "../../protocol/teacher-model";
import { failureOf } from "../../store/failures";
import { texts } from "../../texts/texts";
import { useActions, useEngine, useReadApp } from "../app-context";
import { refusalText } from "../controls/refusal";

/** What is done with a model, for as long as it takes. */
type Doing = "reading" | "checking" | "listing" | "fetching";

interface Bytes {
  readonly done: number;
  readonly total: number;
}

/** What an arm's settings know of its model from elsewhere, and do with it. Nothing here throws: problems are sentences. */
export function useTeacherModel(index: number) {
  const readApp = useReadApp();
  const { request } = useEngine();
  const { set } = useActions();
  const [described, setDescribed] = useState<DescribedModel>();
  const [checked, setChecked] = useState<CheckedModel>();
  const [busy, setBusy] = useState<Doing>();
  const [progress, setProgress] = useState<Bytes>();
  const [message, tell] = useState<string>();
  const fetching = useRef<AbortController>(undefined);

  /** The arm may have changed while a model was fetched or asked. */
  const armNow = () => readApp().experiment.arms[index];

  function put(next: TeacherModel | undefined): void {
    const arm = armNow();
    if (!arm) return;
    const { model: _, ...others } = arm;
    tell(refusalText(set(["arms", index], next ? { ...others, model: next } : others)));
  }

  /** Undefined if it failed. What the visitor stopped needs no message. */
  async function tried<Result>(doing: Doing, work: () => Promise<Result>): Promise<Result | undefined> {
    setBusy(doing);
    tell(undefined);
    try {
      return await work();
    } catch (error) {
      const failure = failureOf(error);
      const { title, cause, action } = texts().failures.explain(failure);
      if (failure.kind !== "cancelled") tell(`${title}. ${cause} ${action}`);
      return undefined;
    } finally {
      setBusy(undefined);
    }
  }

  async function check(asked: AskedModel): Promise<void> {
    const answer = await tried("checking", () => request({ type: "check-model", model: asked }));
    if (!answer) return;
    setChecked(answer.checked);
    put(answer.checked.model);
  }

  async function use(taken: DescribedModel | undefined): Promise<void> {
    if (!taken) return;
    setDescribed(taken);
    const model = armNow()?.model;
    // The file that a link asks for is used as the link says.
    await check(taken.hash === model?.hash ? model : taken.suggested);
  }

  return {
    described,
    checked,
    busy,
    progress,
    message,
    tell,
    check,
    remove: () => put(undefined),
    /** Reads a model from files. */
    take: async (selected: Promise<readonly FileEntry[]> | readonly FileEntry[]) => {
      const read = async () => (await request({ type: "take-model", files: await selected })).described;
      await use(await tried("reading", read));
    },
    /** The models of a repository of the hub. */
    list: async (address: HubAddress): Promise<HubListing | undefined> =>
      (await tried("listing", () => request({ type: "list-hub-models", address })))?.listing,
    /** Fetches a model of the hub. */
    fetch: async (wanted: WantedHubModel) => {
      const controller = new AbortController();
      fetching.current = controller;
      setProgress({ done: 0, total: 0 });
      const options = { signal: controller.signal, onProgress: setProgress };
      const fetched = async () => (await request({ type: "take-hub-model", wanted }, options)).described;
      const taken = await tried("fetching", fetched);
      setProgress(undefined);
      await use(taken);
    },
    cancel: () => fetching.current?.abort(),
  };
}
