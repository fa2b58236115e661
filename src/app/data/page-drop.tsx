import { useEffect, useState } from "react";
import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { droppedFiles } from "./dropped-files";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** Files may be dropped anywhere on the page, not only on the drop zone. */
export function PageDrop() {
  /** The number of files and folders over the page; undefined while there is none. */
  const [items, setItems] = useState<number>();
  const { takeDropped, showPart } = useActions();

  useEffect(() => {
    // dragenter of a child comes before dragleave of its parent.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setItems(event.dataTransfer?.items.length ?? 1);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setItems(undefined);
    };
    const allow = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setItems(undefined);
      // The drop zone has already handled it.
      if (event.defaultPrevented || !event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      showPart("settings", { settingsTab: "images" });
      void takeDropped(droppedFiles(event.dataTransfer));
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: allow, drop } as const;
    for (const [type, listener] of Object.entries(listeners)) {
      window.addEventListener(type as "drop", listener);
    }
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        window.removeEventListener(type as "drop", listener);
      }
    };
  }, [takeDropped, showPart]);

  return items === undefined ? null : <DropVeil items={items} />;
}

/** Over the whole page while files are dragged: what a drop will do. */
function DropVeil({ items }: { items: number }) {
  const isBusy = useApp(isRunning);
  const arms = useApp((state) => state.experiment.arms.length);
  const words = texts().data.drop;
  return (
    <div className="drop-veil" aria-hidden="true">
      <div className="drop-veil-card">
        <p className="drop-veil-title">{words.title(items)}</p>
        <p>{words.reads}</p>
        <p>{isBusy ? words.afterwards : words.trains(arms)}</p>
        <p className="muted">{words.stays}</p>
      </div>
    </div>
  );
}
