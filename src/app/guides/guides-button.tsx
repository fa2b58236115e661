import { Dialog } from "radix-ui";
import { type ReactNode, Suspense, useState } from "react";
import { texts } from "../../texts/texts";
import { Entry } from "../arrival/entry";
import { lazy } from "../lazy";

const GuidesDialog = lazy(() =>
  import("./guides-dialog").then(({ GuidesDialog: Loaded }) => ({ default: Loaded })),
);

/** Opens the guided experiments where they were left. */
export function GuidesButton() {
  const { title } = texts().guides;
  return (
    <Guides
      opener={(show) => (
        <button type="button" className="button button-small" onClick={show}>
          {title}
        </button>
      )}
    />
  );
}

/** The same on the first screen. */
export function GuidesEntry() {
  const { title, lead } = texts().guides;
  return <Guides opener={(show) => <Entry title={title} lead={lead} onOpen={show} />} />;
}

function Guides({ opener }: { opener: (show: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  const { title } = texts().guides;
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      {opener(() => setOpen(true))}
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog guides-dialog" aria-describedby={undefined}>
          <Suspense fallback={<Dialog.Title>{title}</Dialog.Title>}>
            <GuidesDialog close={() => setOpen(false)} />
          </Suspense>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
