import type { ReactNode } from "react";

/** A table that scrolls inside its container when it is too wide, also by keyboard. */
export function TableScroll({
  label,
  className = "table-scroll",
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
