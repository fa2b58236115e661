import { type DragEvent, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { droppedFiles } from "./dropped-files";
import { PickButtons } from "./pick-buttons";

/** A drop zone for folders or a zip file, with buttons to pick them instead. */
export function FilePicker() {
  const { takeDropped } = useActions();
  const [over, setOver] = useState(false);

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
      <PickButtons folderLabel={words.folderInput} archiveLabel={words.archiveInput} />
    </section>
  );
}
