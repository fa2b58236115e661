import { Dialog } from "radix-ui";
import { Suspense, useState } from "react";
import { records } from "../../protocol/records/register";
import { texts } from "../../texts/texts";
import { Entry } from "../arrival/entry";
import { lazy } from "../lazy";
import { RecordPicture } from "./record-picture";

const Gallery = lazy(() => import("./gallery").then(({ Gallery: Loaded }) => ({ default: Loaded })));

/** As many pictures as fit beside each other. */
const PICTURES = 3;

/** Opens the gallery of recorded comparisons. */
export function GalleryEntry() {
  const [open, setOpen] = useState(false);
  const words = texts().gallery;
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Entry title={words.title} lead={words.lead} onOpen={() => setOpen(true)}>
        <span className="entry-pictures">
          {records.slice(0, PICTURES).map((entry) => (
            <RecordPicture key={entry.id} entry={entry} />
          ))}
        </span>
      </Entry>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog gallery-dialog" aria-describedby={undefined}>
          <Suspense fallback={<Dialog.Title>{words.title}</Dialog.Title>}>
            <Gallery close={() => setOpen(false)} />
          </Suspense>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
