import { Dialog } from "radix-ui";
import { Suspense, useState } from "react";
import { texts } from "../../texts/texts";
import { useHistory } from "../app-context";
import { lazy } from "../lazy";

const HistoryDialog = lazy(() =>
  import("./history-dialog").then(({ HistoryDialog: Loaded }) => ({ default: Loaded })),
);

/** Opens the history of trainings saved in this browser. */
export function HistoryButton() {
  const [open, setOpen] = useState(false);
  const { refresh } = useHistory();
  const change = (isOpen: boolean) => {
    setOpen(isOpen);
    if (isOpen) void refresh();
  };
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger className="button">{texts().history.title}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog history-dialog" aria-describedby={undefined}>
          <Suspense fallback={<Dialog.Title>{texts().history.title}</Dialog.Title>}>
            <HistoryDialog close={() => setOpen(false)} />
          </Suspense>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
