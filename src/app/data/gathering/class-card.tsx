import { useEffect, useRef, useState } from "react";
import {
  addImages,
  type GatheredClass,
  removeClass,
  removeImage,
  renameClass,
} from "../../../store/gathering";
import { texts } from "../../../texts/texts";
import { Thumbnails } from "./thumbnails";
import { useGather } from "./use-gather";

const RECORD_EVERY_MS = 200;
/** One minute, so that a forgotten recording does not fill the memory. */
const MOST_RECORDED = 300;

/** One class: its name, its images, and the ways to add more. */
export function ClassCard({
  own: { id, name, images },
  isChosen,
  take,
  showMessage,
}: {
  own: GatheredClass;
  isChosen: boolean;
  /** Takes a picture; undefined while the camera is off. */
  take: (() => Promise<Blob | undefined>) | undefined;
  /** An error message for the visitor. */
  showMessage: (message: string | undefined) => void;
}) {
  const words = texts().gathering;
  const gather = useGather();
  const files = useRef<HTMLInputElement>(null);
  const add = (blobs: readonly Blob[]) => gather((gathering) => addImages(gathering, blobs, id));

  async function takeOne(): Promise<void> {
    const picture = await take?.();
    if (picture) add([picture]);
  }
  const recording = useRecording(takeOne, take !== undefined);

  async function paste(): Promise<void> {
    showMessage(undefined);
    try {
      const pasted = await clipboardImages();
      if (pasted.length === 0) showMessage(words.nothingToPaste);
      else add(pasted);
    } catch {
      showMessage(words.clipboardClosed);
    }
  }

  return (
    <li className="gathered-class" data-chosen={isChosen}>
      <div className="gathered-head">
        <input
          type="radio"
          name="gathered-class"
          aria-label={words.choose(name)}
          title={words.choose(name)}
          checked={isChosen}
          onChange={() => gather((gathering) => ({ ...gathering, chosen: id }))}
        />
        <input
          className="input"
          aria-label={words.className}
          value={name}
          onChange={({ target }) => gather((gathering) => renameClass(gathering, id, target.value))}
        />
        <span className="small muted">{words.images(images.length)}</span>
        <button
          type="button"
          className="button button-small button-quiet"
          aria-label={words.removeClass(name)}
          title={words.removeClass(name)}
          onClick={() => gather((gathering) => removeClass(gathering, id))}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      <Thumbnails
        name={name}
        images={images}
        remove={(image) => gather((gathering) => removeImage(gathering, id, image))}
      />
      <div className="row">
        <button
          type="button"
          className="button button-small"
          aria-label={words.pasteInto(name)}
          onClick={() => void paste()}
        >
          {words.paste}
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={words.pickInto(name)}
          onClick={() => files.current?.click()}
        >
          {words.pick}
        </button>
        {take && (
          <>
            <button
              type="button"
              className="button button-small"
              aria-label={words.takeFor(name)}
              onClick={() => void takeOne()}
            >
              {words.take}
            </button>
            <button
              type="button"
              className="button button-small button-toggle"
              aria-label={words.recordFor(name)}
              aria-pressed={recording.isOn}
              onClick={recording.toggle}
            >
              {words.record}
            </button>
          </>
        )}
      </div>
      <input
        ref={files}
        type="file"
        accept="image/*"
        hidden
        multiple
        aria-label={words.pickInto(name)}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </li>
  );
}

async function clipboardImages(): Promise<Blob[]> {
  const items = await navigator.clipboard.read();
  const found = items.map(async (item) => {
    const type = item.types.find((offered) => offered.startsWith("image/"));
    return type === undefined ? [] : [await item.getType(type)];
  });
  return (await Promise.all(found)).flat();
}

/** Takes pictures at regular intervals until it is switched off, the camera is, or the limit is reached. */
function useRecording(takeOne: () => Promise<void>, isPossible: boolean) {
  const [isWanted, setWanted] = useState(false);
  const latest = useRef(takeOne);
  latest.current = takeOne;
  const isOn = isWanted && isPossible;
  useEffect(() => {
    if (!isOn) return;
    let taken = 0;
    const timer = setInterval(() => {
      void latest.current();
      if (++taken >= MOST_RECORDED) setWanted(false);
    }, RECORD_EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn]);
  return { isOn, toggle: () => setWanted(!isOn) };
}
