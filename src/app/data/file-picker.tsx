import { type DragEvent, useRef, useState } from "react";
import { useActions } from "../app-context";
import { droppedFiles, type FileSelection, pickedFiles } from "./dropped-files";

/** A place to drop folders or a zip file, with buttons for those who would rather pick. */
export function FilePicker() {
  const { takeFiles: take } = useActions();
  const folder = useRef<HTMLInputElement>(null);
  const archive = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const use = ({ name, files }: FileSelection) => void take(name, files);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(use);
  }

  return (
    <section
      className="drop-zone"
      data-over={over}
      aria-label="Drop folders or a zip file"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        <strong>Drop folders or a zip file here</strong>
      </p>
      <p className="small muted">
        cats/01.png, cats/02.png, dogs/01.jpg … or with train/, val/ and test/ above; IDX, NumPy, CIFAR and
        Parquet files; a sprite sheet or images with a file of labels
      </p>
      <div className="row">
        <button type="button" className="button button-small" onClick={() => folder.current?.click()}>
          Pick a folder
        </button>
        <button type="button" className="button button-small" onClick={() => archive.current?.click()}>
          Pick files
        </button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label="Folder of images"
        {...{ webkitdirectory: "" }}
        onChange={(event) => use(pickedFiles([...(event.currentTarget.files ?? [])]))}
      />
      <input
        ref={archive}
        type="file"
        hidden
        multiple
        aria-label="Zip file of images"
        onChange={(event) => use(pickedFiles([...(event.currentTarget.files ?? [])]))}
      />
    </section>
  );
}
