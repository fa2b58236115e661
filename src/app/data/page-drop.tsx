import { useEffect, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { droppedFiles } from "./dropped-files";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** Files may be dropped anywhere on the page, not only on the drop zone. */
export function PageDrop() {
  const [over, setOver] = useState(false);
  const { takeDropped, showPart } = useActions();

  useEffect(() => {
    // dragenter of a child comes before dragleave of its parent.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const allow = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
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

  return over ? (
    <div className="drop-veil" aria-hidden="true">
      {texts().data.dropAnywhere}
    </div>
  ) : null;
}
