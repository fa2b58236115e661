import { ChartOptions } from "./chart-options";
import { CurveList } from "./curve-list";

/** Controls for choosing and drawing curves; loaded once there are some. */
export function ChartTools() {
  return (
    <>
      <CurveList />
      <ChartOptions />
    </>
  );
}
