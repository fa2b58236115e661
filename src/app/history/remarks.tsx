import { type FormEvent, useState } from "react";
import { type SavedTraining, savedLimits } from "../../protocol/saved-training";
import { tagsFrom } from "../../store/history/history-state";
import { texts } from "../../texts/texts";
import { useHistory } from "../app-context";

/** The visitor's name, tags and note for a training. */
export function Remarks({ saved, done }: { saved: SavedTraining; done: () => void }) {
  const { remark } = useHistory();
  const words = texts().history;
  const [name, setName] = useState(saved.name);
  const [tags, setTags] = useState(saved.tags.join(", "));
  const [note, setNote] = useState(saved.note);

  function keep(event: FormEvent): void {
    event.preventDefault();
    const list = tagsFrom(tags)
      .slice(0, savedLimits.tags)
      .map((tag) => tag.slice(0, savedLimits.tag));
    void remark(saved.id, { name: name.trim(), tags: list, note: note.trim() }).then(done);
  }

  return (
    <form className="history-remarks" onSubmit={keep}>
      <label>
        {words.name}
        <input
          className="input"
          maxLength={savedLimits.name}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <label>
        {words.tagList}
        <input
          className="input"
          maxLength={savedLimits.tags * savedLimits.tag}
          value={tags}
          onChange={({ target }) => setTags(target.value)}
        />
      </label>
      <label>
        {words.note}
        <textarea
          className="input"
          rows={3}
          maxLength={savedLimits.note}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <div className="row">
        <button type="submit" className="button button-small button-primary">
          {words.save}
        </button>
        <button type="button" className="button button-small" onClick={done}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
