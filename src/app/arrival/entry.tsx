import { type ReactNode, useId } from "react";

/** Something to open from the first screen: all of it can be pressed. */
export function Entry({
  title,
  lead,
  onOpen,
  children,
}: {
  title: string;
  lead: string;
  onOpen: () => void;
  /** A picture. */
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="entry">
      <button type="button" className="entry-title" aria-describedby={id} onClick={onOpen}>
        {title}
      </button>
      <p id={id} className="small muted">
        {lead}
      </p>
      {children}
    </div>
  );
}
