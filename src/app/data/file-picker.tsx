import { type DragEvent, useRef, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { droppedFiles, type FileSelection, pickedFiles } from "./dropped-files";

/** A drop zone for folders or a zip file, with buttons to pick them instead. */
export function FilePicker() {
  const { takeFiles, takeDropped } = useActions();
  const folder = useRef<HTMLInputElement>(null);
  const archive = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const use = ({ name, files }: FileSelection) => void takeFiles(name, files);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void takeDropped(droppedFiles(event.dataTransfer));
  }

  const words = texts().data;
  return (
    <section
      className="drop-zone"
      data-over={over}
      aria-label={words.dropZone}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        <strong>{words.dropHere}</strong>
      </p>
      <p className="small muted">{words.layouts}</p>
      <div className="row">
        <button type="button" className="button button-small" onClick={() => folder.current?.click()}>
          {words.pickFolder}
        </button>
        <button type="button" className="button button-small" onClick={() => archive.current?.click()}>
          {words.pickFiles}
        </button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label={words.folderInput}
        {...{ webkitdirectory: "" }}
        onChange={(event) => use(pickedFiles([...(event.currentTarget.files ?? [])]))}
      />
      <input
        ref={archive}
        type="file"
        hidden
        multiple
        aria-label={words.archiveInput}
        onChange={(event) => use(pickedFiles([...(event.currentTarget.files ?? [])]))}
      />
    </section>
  );
}
