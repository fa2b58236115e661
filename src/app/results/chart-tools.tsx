import { ChartOptions } from "./chart-options";
import { CurveList } from "./curve-list";

/** Which curves are drawn, and how; loaded once there are some. */
export function ChartTools() {
  return (
    <>
      <CurveList />
      <ChartOptions />
    </>
  );
}
