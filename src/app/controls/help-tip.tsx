import { Popover } from "radix-ui";
import { texts } from "../../texts/texts";

/** A question mark that explains the label next to it, by pointer, touch and keyboard. */
export function HelpTip({ label, text }: { label: string; text: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="help-button" aria-label={texts().settings.about(label)}>
        <span aria-hidden="true">?</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          aria-label={texts().settings.about(label)}
          side="top"
          sideOffset={4}
          collisionPadding={12}
        >
          {text}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
