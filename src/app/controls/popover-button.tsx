import { Popover } from "radix-ui";
import type { ReactNode } from "react";

/** A button that opens a popover with settings of the charts. */
export function PopoverButton({
  title,
  className,
  children,
}: {
  title: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <Popover.Root>
      <Popover.Trigger className="button button-small">{title}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          className={`popover ${className}`}
          align="end"
          sideOffset={4}
          collisionPadding={12}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
