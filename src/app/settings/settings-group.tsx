import type { ReactNode } from "react";

/** Fields that belong together. */
export function SettingsGroup({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      {lead && <p className="small muted">{lead}</p>}
      {children}
    </fieldset>
  );
}
