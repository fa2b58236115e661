import { Swatch } from "../../charts/Swatch";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Arm } from "../../protocol/experiment";
import { armColor, armDash } from "../../series/arm-colors";
import type { SettingDifference } from "../../series/setting-differences";
import { differenceColumns } from "../../series/tables/difference-columns";
import { texts } from "../../texts/texts";

/** The settings that differ between arms, sortable and exportable; loaded when first opened. */
export function DifferencesTable({
  arms,
  slots,
  differences,
}: {
  arms: readonly Arm[];
  slots: readonly number[];
  differences: readonly SettingDifference[];
}) {
  const [setting, ...ofArms] = differenceColumns(arms);
  if (!setting) return null;
  const withSwatches = ofArms.map((column, arm) => {
    const slot = slots[arm] ?? 0;
    return { ...column, mark: <Swatch color={armColor(slot)} dash={armDash(slot)} /> };
  });
  return (
    <FigureTable
      label={texts().arms.differences}
      columns={[setting, ...withSwatches]}
      rows={differences}
      keyOf={({ setting: path }) => path}
      head={(row) => <span title={row.setting}>{setting.text(row)}</span>}
      fileName="settings"
      className="text-table"
    />
  );
}
