import type { ReactNode } from "react";

/** A table that may be wider than its place: it scrolls by itself, by keyboard as well. */
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
