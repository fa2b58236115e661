import { useRef, useState } from "react";
import type { FileEntry } from "../../protocol/dataset";
import {
  type AskedModel,
  type CheckedModel,
  type DescribedModel,
  learnsFromModel,
  type TeacherModel as Model,
} from "../../protocol/teacher-model";
import { failureOf } from "../../store/failures";
import { teacherModelTexts } from "../../texts/teacher-model";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { refusalText } from "../controls/refusal";
import { droppedFiles, pickedFiles } from "../data/dropped-files";
import { ModelFacts } from "./model-facts";
import { ModelFields } from "./model-fields";
import { SettingsGroup } from "./settings-group";

/** A model from elsewhere that teaches the arm's student: read, checked on the visitor's images, and kept here. */
export function TeacherModel({ index }: { index: number }) {
  const arm = useApp(({ experiment }) => experiment.arms[index]);
  const { takeModel, checkModel } = useEngine();
  const { set } = useActions();
  const picker = useRef<HTMLInputElement>(null);
  const [described, setDescribed] = useState<DescribedModel>();
  const [checked, setChecked] = useState<CheckedModel>();
  const [busy, setBusy] = useState<"reading" | "checking">();
  const [message, setMessage] = useState<string>();
  if (!arm || (learnsFromModel(arm.scheme) === undefined && !arm.model)) return null;
  const words = teacherModelTexts();
  const { model } = arm;

  const put = (next: Model | undefined) => {
    const { model: _, ...others } = arm;
    return refusalText(set(["arms", index], next ? { ...others, model: next } : others));
  };

  async function tried(doing: "reading" | "checking", work: () => Promise<void>): Promise<void> {
    setBusy(doing);
    setMessage(undefined);
    try {
      await work();
    } catch (error) {
      const { title, cause, action } = texts().failures.explain(failureOf(error));
      setMessage(`${title}. ${cause} ${action}`);
    } finally {
      setBusy(undefined);
    }
  }

  const check = (asked: AskedModel) =>
    tried("checking", async () => {
      const found = await checkModel(asked);
      setChecked(found);
      setMessage(put(found.model));
    });

  async function take(selected: Promise<readonly FileEntry[]> | readonly FileEntry[]): Promise<void> {
    let taken: DescribedModel | undefined;
    await tried("reading", async () => {
      taken = await takeModel(await selected);
      setDescribed(taken);
    });
    // The file that a link asks for is used as the link says.
    if (taken) await check(taken.hash === model?.hash ? model : taken.suggested);
  }

  return (
    <SettingsGroup title={words.title}>
      <p className="small muted">{words.lead}</p>
      <section
        className="row"
        aria-label={words.input}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(droppedFiles(event.dataTransfer).then(({ files }) => files));
        }}
      >
        <button
          type="button"
          className="button button-small"
          disabled={busy !== undefined}
          onClick={() => picker.current?.click()}
        >
          {busy ? words[busy] : words.choose}
        </button>
        {!model && <span className="small muted">{words.drop}</span>}
        {model && (
          <>
            <code className="model-name" title={model.hash}>
              {model.name}
            </code>
            <button
              type="button"
              className="button button-small"
              disabled={busy !== undefined}
              onClick={() => setMessage(put(undefined))}
            >
              {words.remove}
            </button>
          </>
        )}
      </section>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={words.input}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          if (chosen.length > 0) void take(pickedFiles(chosen).files);
          event.currentTarget.value = "";
        }}
      />
      {message && (
        <p className="small model-message" role="status">
          {message}
        </p>
      )}
      {model && <ModelFacts model={model} scheme={arm.scheme} described={described} checked={checked} />}
      {model && described?.hash === model.hash && (
        <ModelFields model={model} described={described} isBusy={busy !== undefined} onChange={check} />
      )}
    </SettingsGroup>
  );
}
