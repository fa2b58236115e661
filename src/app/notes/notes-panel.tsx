import { lazy } from "../lazy";
import "../styles/notes.css";
import { Suspense, useEffect, useState } from "react";
import { MAX_NOTES } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Panel } from "../panel";

/** The Markdown parser and sanitizer are loaded only when there are notes. */
const NotesText = lazy(() => import("./notes-text"));

/** The address is updated with every change, but not with every key press. */
const QUIET_MS = 400;

/** The notes of the experiment's author. */
export function NotesPanel() {
  const notes = useApp((state) => state.experiment.notes);
  const [isEditing, setEditing] = useState(false);
  const words = texts().notes;
  return (
    <Panel
      title={words.title}
      {...((notes || isEditing) && { lead: words.lead })}
      className="notes-panel"
      actions={
        <button type="button" className="button button-small" onClick={() => setEditing(!isEditing)}>
          {isEditing ? words.done : notes ? words.edit : words.write}
        </button>
      }
    >
      {isEditing && <Editor />}
      <NotesShown />
    </Panel>
  );
}

/** The notes without the editor, for embedded pages. */
export function NotesShown() {
  const notes = useApp((state) => state.experiment.notes);
  if (!notes) return null;
  return (
    <Suspense>
      <NotesText text={notes} />
    </Suspense>
  );
}

function Editor() {
  const notes = useApp((state) => state.experiment.notes);
  const { set } = useActions();
  const [draft, setDraft] = useState(notes);
  useEffect(() => {
    const timer = setTimeout(() => set(["notes"], draft), QUIET_MS);
    return () => {
      clearTimeout(timer);
      set(["notes"], draft);
    };
  }, [draft, set]);
  const words = texts().notes;
  return (
    <label className="notes-editor">
      <span className="visually-hidden">{words.field}</span>
      <textarea
        className="input"
        rows={6}
        maxLength={MAX_NOTES}
        placeholder={words.placeholder}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
      />
      <span className="small muted">
        {words.left((MAX_NOTES - draft.length).toLocaleString(texts().locale))}
      </span>
    </label>
  );
}
