import { useEffect } from "react";
import { addImages } from "../../store/gathering";
import { useActions } from "../app-context";
import { pickedFiles } from "./dropped-files";
import { useGather } from "./gathering/use-gather";

/**
 * Accepts screenshots, pictures copied from a page, and picture files. Archives and tables are datasets and handled
 * elsewhere.
 */
const isPicture = ({ type }: File) => type.startsWith("image/");

/** Images may be pasted anywhere on the page, as files may be dropped anywhere. Pasted text is left alone. */
export function PagePaste() {
  const { takeFiles, showPart, changeSource } = useActions();
  const gather = useGather();

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      showPart("settings", { settingsTab: "images" });
      changeSource("files");
      if (files.every(isPicture)) gather((gathering) => addImages(gathering, files));
      else {
        const { name, files: entries } = pickedFiles(files);
        void takeFiles(name, entries);
      }
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [takeFiles, showPart, changeSource, gather]);

  return null;
}
