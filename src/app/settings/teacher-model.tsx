import { useRef } from "react";
import { ProgressBar } from "../../charts/ProgressBar";
import { parseHubAddress, type WantedHubModel } from "../../protocol/hub-models";
import { learnsFromModel, type TeacherModel as Model } from "../../protocol/teacher-model";
import { teacherModelTexts } from "../../texts/teacher-model";
import { useApp } from "../app-context";
import { droppedFiles, pickedFiles } from "../data/dropped-files";
import { megabytes } from "./hub-model-list";
import { HubModels } from "./hub-models";
import { ModelFacts } from "./model-facts";
import { ModelFields } from "./model-fields";
import { SettingsGroup } from "./settings-group";
import { useTeacherModel } from "./use-teacher-model";

/** What to fetch for a model that a link names. */
function wantedOf({ hub, revision, hash }: Model): WantedHubModel | undefined {
  const address = hub === undefined ? undefined : parseHubAddress(hub);
  if (address?.path === undefined) return undefined;
  return { ...address, path: address.path, hash, ...(revision !== undefined && { revision }) };
}

/** A model from elsewhere that teaches the arm's student: read, checked on the visitor's images, and kept here. */
export function TeacherModel({ index }: { index: number }) {
  const arm = useApp(({ experiment }) => experiment.arms[index]);
  const picker = useRef<HTMLInputElement>(null);
  const { described, checked, busy, progress, message, ...actions } = useTeacherModel(index);
  if (!arm || (learnsFromModel(arm.scheme) === undefined && !arm.model)) return null;
  const words = teacherModelTexts();
  const { model } = arm;
  const isDescribed = model !== undefined && described?.hash === model.hash;
  const fromLink = model && !isDescribed ? wantedOf(model) : undefined;

  return (
    <SettingsGroup title={words.title}>
      <p className="small muted">{words.lead}</p>
      <section
        className="row"
        aria-label={words.input}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void actions.take(droppedFiles(event.dataTransfer).then(({ files }) => files));
        }}
      >
        <button
          type="button"
          className="button button-small"
          disabled={busy !== undefined}
          onClick={() => picker.current?.click()}
        >
          {busy && !progress ? words[busy] : words.choose}
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
              onClick={actions.remove}
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
          if (chosen.length > 0) void actions.take(pickedFiles(chosen).files);
          event.currentTarget.value = "";
        }}
      />
      <HubModels
        isBusy={busy !== undefined}
        list={actions.list}
        onFetch={(wanted) => void actions.fetch(wanted)}
        onProblem={actions.tell}
      />
      {progress && (
        <div className="model-progress">
          <ProgressBar
            label={words.fetching}
            {...(progress.total > 0 && {
              value: progress.done / progress.total,
              text: words.hub.progress(megabytes(progress.done), megabytes(progress.total)),
            })}
          />
          <button type="button" className="button button-small" onClick={actions.cancel}>
            {words.hub.cancel}
          </button>
        </div>
      )}
      {message && (
        <p className="small model-message" role="status">
          {message}
        </p>
      )}
      {model && <ModelFacts model={model} scheme={arm.scheme} described={described} checked={checked} />}
      {fromLink && (
        <button
          type="button"
          className="button button-small"
          disabled={busy !== undefined}
          onClick={() => void actions.fetch(fromLink)}
        >
          {words.hub.fromLink(model?.hub ?? "")}
        </button>
      )}
      {model && isDescribed && (
        <ModelFields
          model={model}
          described={described}
          isBusy={busy !== undefined}
          onChange={(next) => void actions.check(next)}
        />
      )}
    </SettingsGroup>
  );
}
