import { type ChangeEvent, useRef } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { pickedFiles } from "./dropped-files";

/** Ways to choose files without dropping them. */
export function PickButtons({
  folderLabel,
  archiveLabel,
  onPick,
}: {
  /** Names of the hidden inputs, by which programs find them. */
  folderLabel: string;
  archiveLabel: string;
  onPick?: () => void;
}) {
  const { takeFiles } = useActions();
  const folder = useRef<HTMLInputElement>(null);
  const archive = useRef<HTMLInputElement>(null);
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const { name, files } = pickedFiles([...(currentTarget.files ?? [])]);
    onPick?.();
    void takeFiles(name, files);
  };
  const words = texts().data;
  return (
    <>
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
        aria-label={folderLabel}
        {...{ webkitdirectory: "" }}
        onChange={take}
      />
      <input ref={archive} type="file" hidden multiple aria-label={archiveLabel} onChange={take} />
    </>
  );
}
