import { type ReactNode, useId } from "react";
import { Part } from "./part";

/** A titled part of the page, and a landmark by its title. */
export function Panel({
  title,
  lead,
  actions,
  className = "",
  children,
}: {
  title: string;
  /** One sentence on the purpose of the part. */
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header>
        <div className="panel-title">
          <h2 id={id}>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </header>
      <Part>{children}</Part>
    </section>
  );
}
