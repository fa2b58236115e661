import type { ReactNode } from "react";
import { texts } from "../../texts/texts";

/** Title, cause and action: the same shape for every failure. */
export function Notice({
  tone,
  title,
  cause,
  action,
  onDismiss,
  children,
}: {
  tone: "info" | "caution" | "danger";
  title: string;
  cause: string;
  action?: string;
  /** Absent where the notice cannot be dismissed. */
  onDismiss?: () => void;
  children?: ReactNode;
}) {
  return (
    <section
      className="notice"
      data-tone={tone}
      role={tone === "danger" ? "alert" : undefined}
      aria-label={title}
    >
      {onDismiss && (
        <button
          type="button"
          className="icon-button notice-close"
          aria-label={texts().notices.dismiss(title)}
          onClick={onDismiss}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
      <h2>{title}</h2>
      <p>{cause}</p>
      {action && <p>{action}</p>}
      {children}
    </section>
  );
}
