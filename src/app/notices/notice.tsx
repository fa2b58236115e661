import type { ReactNode } from "react";

/** What is the matter, why, and what to do: the same shape for every failure. */
export function Notice({
  tone,
  title,
  cause,
  action,
  children,
}: {
  tone: "info" | "caution" | "danger";
  title: string;
  cause: string;
  action?: string;
  children?: ReactNode;
}) {
  return (
    <section
      className="notice"
      data-tone={tone}
      role={tone === "danger" ? "alert" : undefined}
      aria-label={title}
    >
      <h3>{title}</h3>
      <p>{cause}</p>
      {action && <p>{action}</p>}
      {children}
    </section>
  );
}
