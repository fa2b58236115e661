import { Dialog } from "radix-ui";
import { Suspense, useState } from "react";
import { texts } from "../../texts/texts";
import { lazy } from "../lazy";

const GuidesDialog = lazy(() =>
  import("./guides-dialog").then(({ GuidesDialog: Loaded }) => ({ default: Loaded })),
);

/** Opens the guided experiments where they were left. */
export function GuidesButton() {
  const [open, setOpen] = useState(false);
  const { title } = texts().guides;
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button button-small">{title}</Dialog.Trigger>
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
